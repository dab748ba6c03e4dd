/// One thing that was measured, for ourselves and for others, round by round.
public struct Figure: Sendable, Encodable {
    /// What `ratio` must be at least (or, for `isUpperBound`, at most).
    public struct Goal: Sendable, Encodable {
        /// The peer whose median is the measure: `C`, `FastStream`; nil compares our own median with the value itself.
        public var peer: String?
        public var value: Double
        public var isUpperBound: Bool

        public init(peer: String?, value: Double, isUpperBound: Bool = false) {
            self.peer = peer
            self.value = value
            self.isUpperBound = isUpperBound
        }
    }

    public let name: String
    /// `/s`, `ms`, `messages`.
    public let unit: String
    public let goals: [Goal]
    /// Measured values by whose they are (`ours`, `C`, `FastStream`), one a round.
    public private(set) var samples: [String: [Double]] = [:]

    public static let ours = "ours"

    public init(_ name: String, unit: String = "/s", goals: [Goal] = []) {
        self.name = name
        self.unit = unit
        self.goals = goals
    }

    public mutating func add(_ value: Double, of who: String) { samples[who, default: []].append(value) }

    /// The median of somebody's rounds; nil when he was not measured.
    public func median(_ who: String) -> Double? { Statistics.quantile(0.5, of: samples[who] ?? []) }

    /// Ours divided by the peer's, medians of rounds that were interleaved; nil when either is missing.
    public func ratio(to peer: String) -> Double? {
        guard let ours = median(Self.ours), let theirs = median(peer), theirs > 0 else { return nil }
        return ours / theirs
    }

    /// Whether a goal is reached; nil when it could not be measured.
    public func reaches(_ goal: Goal) -> Bool? {
        let measured = goal.peer.map { ratio(to: $0) } ?? median(Self.ours)
        return measured.map { goal.isUpperBound ? $0 <= goal.value : $0 >= goal.value }
    }

    private enum CodingKeys: String, CodingKey { case name, unit, goals, samples, medians, ratios, reached }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(unit, forKey: .unit)
        try container.encode(goals, forKey: .goals)
        try container.encode(samples, forKey: .samples)
        try container.encode(samples.compactMapValues { Statistics.quantile(0.5, of: $0) }, forKey: .medians)
        let peers = samples.keys.filter { $0 != Self.ours }
        try container.encode(
            Dictionary(uniqueKeysWithValues: peers.compactMap { peer in ratio(to: peer).map { (peer, $0) } }),
            forKey: .ratios)
        try container.encode(goals.map { reaches($0) }, forKey: .reached)
    }
}

/// What is said of many values.
public enum Statistics {
    /// The value below which a share `q` (0…1) of the values lies, interpolated between neighbours; nil of none.
    public static func quantile(_ q: Double, of values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard let last = sorted.last else { return nil }
        let position = q * Double(sorted.count - 1)
        let lower = Int(position)
        guard lower + 1 < sorted.count else { return last }
        return sorted[lower] + (sorted[lower + 1] - sorted[lower]) * (position - Double(lower))
    }
}
