/// Ways of which a table or a road service has told how long they take, one direction each, whatever the hour.
///
/// It is bounded: pairs are kept in two halves. Where the newer one is full the older one is forgotten, and what is used
/// from the older one moves to the newer. So what was not used for as long as half of the room took to fill is gone.
public struct KnownTravel: Sendable {
    /// What is known of a way.
    public enum Finding: Sendable, Equatable {
        /// Nobody has asked, or it was forgotten.
        case unknown
        /// There is no road; the estimate holds, and asking again would not help.
        case noRoad
        /// Seconds.
        case seconds(Int32)
    }

    /// The most pairs that are kept.
    public let capacity: Int
    private var newer = PairTable()
    private var older = PairTable()
    private static let noRoad: Int32 = -1

    /// - Parameter capacity: pairs, at least 2; each takes 50 to 100 bytes.
    public init(capacity: Int) {
        self.capacity = max(2, capacity)
    }

    /// Pairs that are kept; one that moved may count twice.
    public var count: Int { newer.count + older.count }

    /// Enters how many seconds a way takes, at least 0; nil is no road.
    public mutating func learn(_ seconds: Int32?, from: TravelCell, to: TravelCell) {
        enter(seconds.map { max(0, $0) } ?? Self.noRoad, from.key, to.key)
    }

    /// What is known of a way that will be needed: it is not forgotten soon.
    public mutating func use(from: TravelCell, to: TravelCell) -> Finding {
        if let value = newer.value(from: from.key, to: to.key) { return Self.finding(value) }
        guard let value = older.value(from: from.key, to: to.key) else { return .unknown }
        enter(value, from.key, to.key)
        return Self.finding(value)
    }

    @inline(__always)
    func seconds(from: UInt64, to: UInt64) -> Int32? {
        let value = newer.value(from: from, to: to) ?? older.value(from: from, to: to) ?? Self.noRoad
        return value < 0 ? nil : value
    }

    private mutating func enter(_ value: Int32, _ from: UInt64, _ to: UInt64) {
        if newer.count >= capacity / 2, newer.value(from: from, to: to) == nil {
            older = newer
            newer = PairTable()
        }
        newer.set(value, from: from, to: to)
    }

    private static func finding(_ value: Int32) -> Finding { value < 0 ? .noRoad : .seconds(value) }
}
