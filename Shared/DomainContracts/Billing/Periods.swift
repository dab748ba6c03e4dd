import FoundationEssentials

/// Closes a month of a book, and all before it: what belongs to them and comes later is posted in the next one.
public struct ClosePeriod: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "close-period"
    public static let isChannelled = true

    public var book: String
    /// As in `2026-11`, of the deployment's clock. It must be over.
    public var month: String

    public init(book: String, month: String) {
        self.book = book
        self.month = month
    }
}

/// A month of a book is closed, and all before it: nothing is posted there any more. Subject `book/<book>`.
public struct PeriodClosed: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "period-closed"

    public var book: String
    /// As in `2026-11`.
    public var month: String
    /// The moment that ends it: later entries are posted then at the earliest.
    public var closedUntil: Date
    public var series: Int
    /// The number of the last entry before the closing; 0 where there was none. Entries behind it belong to later months.
    public var lastSequence: Int
    public var closedAt: Date

    public init(
        book: String, month: String, closedUntil: Date, series: Int, lastSequence: Int, closedAt: Date
    ) {
        self.book = book
        self.month = month
        self.closedUntil = closedUntil
        self.series = series
        self.lastSequence = lastSequence
        self.closedAt = closedAt
    }
}
