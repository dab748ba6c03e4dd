import DomainContracts
import ServiceKit

/// The one user of the broker by which all services and console come in. It bears no tag, so management is closed to it; what is
/// declared once, `migrate` declares as the administrator.
enum ServicesUser {
    static let name = "services"

    /// Queues of queries alone: they are gone when the broker has been away, and whoever answers there declares its own anew.
    static let configure = "^(\(services))\\.queries$"

    /// Events, what console passes on, replies, which go by the default exchange, and the queues that they bind.
    static let write = "^(amq\\.default|mendloop\\.(commands|queries|events)|(\(services))\\.queries)$"

    /// Their own queues, and the exchange to which those of queries are bound.
    static let read = "^(mendloop\\.queries|(\(services))\\.(commands|events|queries|dead))$"

    private static let services = (ServiceName.allCases + [.console]).map(\.rawValue).joined(separator: "|")
}
