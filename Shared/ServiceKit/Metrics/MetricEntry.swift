/// One metric: what `/metrics` says of it, and its row in docs/metrics.md.
public struct MetricEntry: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// As it is exported; code makes it with the same name as its label.
    public let name: String
    public let kind: Kind
    /// Besides `service`, which every metric of ours has.
    public let labels: [String]
    /// The services that show it, by wire name; nil: all of them.
    public let services: Set<String>?
    /// One sentence.
    public let help: String

    init(
        _ name: String, _ kind: Kind, _ labels: [String] = [], of services: Set<String>? = nil, _ help: String
    ) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.services = services
        self.help = help
    }

    /// Whether a service shows it.
    public func isShown(by service: String) -> Bool { services?.contains(service) ?? true }

    /// What a query may name: a histogram is three.
    public var series: [String] {
        kind == .histogram ? ["_bucket", "_sum", "_count"].map { name + $0 } : [name]
    }
}
