import DomainContracts
import Foundation

/// What one turn wants done besides changed aggregates.
struct Effects: Sendable {
    var events: [OutgoingEvent] = []
    var facts: [any FactRow] = []
    var postings: [Posting] = []
    var timers: [FiredTimer.Key: TimerChange] = [:]
    /// Aggregates this message changed, and the name its history gives the change.
    var touched: Set<AggregateKey> = []
    var eventNames: [AggregateKey: String] = [:]
}

/// An event on its way to the outbox.
struct OutgoingEvent: Sendable {
    var envelope: Envelope
    var routingKey: String
    var event: any Event
}

/// A ledger entry that waits for its number.
struct Posting: Sendable {
    let book: String
    let build: @Sendable (BookPlace) -> (OutgoingEvent, any FactRow)
}

/// Where an entry comes to stand in its book.
public struct BookPlace: Sendable {
    public let series: Int
    /// Gapless within the series, from 1.
    public let sequence: Int
    /// The book's months before then are closed: what belongs to one of them is posted as of then. Nil: none is.
    public let closedUntil: Date?

    package init(series: Int, sequence: Int, closedUntil: Date? = nil) {
        self.series = series
        self.sequence = sequence
        self.closedUntil = closedUntil
    }
}

enum TimerChange: Sendable {
    case set(FiredTimer)
    case cleared
}

/// A row of an append-only table: ledger entries, stock movements, KPI facts. Encoded as JSON with snake_case
/// members, which must be the table's column names; written for the whole batch by one statement.
public protocol FactRow: Encodable, Sendable {
    static var table: String { get }
    /// The columns that are written, named as in the table.
    static var columns: [String] { get }
    /// A row that is there already is left as it is; otherwise it is a fault.
    static var mayRepeat: Bool { get }
}

extension FactRow {
    public static var mayRepeat: Bool { false }
}

/// Numbers drawn from database sequences before a batch is folded.
struct NumberSupply: Sendable {
    private var stock: [String: [Int]] = [:]
    /// What was asked for and was not there.
    private(set) var shortfall: [String: Int] = [:]

    mutating func add(_ numbers: [Int], of sequence: String) { stock[sequence, default: []] += numbers }

    mutating func forgetShortfall() { shortfall = [:] }

    mutating func next(_ sequence: String) -> Int {
        guard let number = stock[sequence]?.first else {
            shortfall[sequence, default: 0] += 1
            return 0
        }
        stock[sequence]?.removeFirst()
        return number
    }
}
