import FoundationEssentials

/// The ledger's totals by account, per book.
public struct LedgerTotalsQuery: Query, Equatable {
    public typealias Reply = LedgerTotals
    public static let service = ServiceName.billing
    public static let wireName = "ledger-totals"

    public var book: String?

    public init(book: String? = nil) {
        self.book = book
    }
}

/// Totals of one book and series.
public struct LedgerTotals: Codable, Sendable, Equatable {
    public var books: [BookTotals]

    public init(books: [BookTotals] = []) {
        self.books = books
    }
}

/// A book's entries and trial balance.
public struct BookTotals: Codable, Sendable, Hashable {
    public var book: String
    public var series: Int
    public var entries: Int
    public var firstSequence: Int
    public var lastSequence: Int
    /// The moment that ended the last month of the book that was closed; nil while none is, as after a restore to before it.
    public var closedUntil: Date?
    /// Debits and credits in minor units by account.
    public var accounts: [AccountTotals]

    public init(
        book: String, series: Int, entries: Int, firstSequence: Int, lastSequence: Int, closedUntil: Date? = nil,
        accounts: [AccountTotals] = []
    ) {
        self.book = book
        self.series = series
        self.entries = entries
        self.firstSequence = firstSequence
        self.lastSequence = lastSequence
        self.closedUntil = closedUntil
        self.accounts = accounts
    }
}

/// One account's sides.
public struct AccountTotals: Codable, Sendable, Hashable {
    public var account: String
    public var debit: Money
    public var credit: Money

    public init(account: String, debit: Money, credit: Money) {
        self.account = account
        self.debit = debit
        self.credit = credit
    }
}

/// Control totals of a book by day, for whoever keeps a book of his own to hold against it.
public struct DailyTotalsQuery: Query, Equatable {
    public typealias Reply = DailyTotals
    public static let service = ServiceName.billing
    public static let wireName = "daily-totals"

    public var book: String
    /// The first day, as in `2026-11-21`.
    public var fromDay: String
    /// The last day, inclusive; at most 366 days from the first.
    public var untilDay: String

    public init(book: String, fromDay: String, untilDay: String) {
        self.book = book
        self.fromDay = fromDay
        self.untilDay = untilDay
    }
}

/// The days on which something was posted, in order.
public struct DailyTotals: Codable, Sendable, Equatable {
    /// By how much the clock that days are counted by is ahead of UTC: an entry belongs to the day of its `postedAt` there.
    public var utcOffsetMinutes: Int
    public var days: [DayTotals]

    public init(utcOffsetMinutes: Int, days: [DayTotals] = []) {
        self.utcOffsetMinutes = utcOffsetMinutes
        self.days = days
    }
}

/// What was posted on one day in one series.
public struct DayTotals: Codable, Sendable, Hashable {
    /// As in `2026-11-21`.
    public var day: String
    public var series: Int
    public var entries: Int
    public var firstSequence: Int
    public var lastSequence: Int
    /// Debits and credits in minor units by account, in the order of their names.
    public var accounts: [AccountTotals]

    public init(
        day: String, series: Int, entries: Int, firstSequence: Int, lastSequence: Int, accounts: [AccountTotals] = []
    ) {
        self.day = day
        self.series = series
        self.entries = entries
        self.firstSequence = firstSequence
        self.lastSequence = lastSequence
        self.accounts = accounts
    }
}

/// The settlement of one work order.
public struct SettlementQuery: Query, Equatable {
    public typealias Reply = SettlementAnswer
    public static let service = ServiceName.billing
    public static let wireName = "settlement"

    public var workOrderId: UUID

    public init(workOrderId: UUID) {
        self.workOrderId = workOrderId
    }
}

/// Settlement tracks and open estimate of an order; nil when billing does not know it.
public struct SettlementAnswer: Codable, Sendable, Equatable {
    public var settlement: SettlementChanged?
    public var openEstimateId: UUID?
    /// The oldest first; nil as none.
    public var taxInvoices: [TaxInvoice]?

    public init(
        settlement: SettlementChanged? = nil, openEstimateId: UUID? = nil, taxInvoices: [TaxInvoice]? = nil
    ) {
        self.settlement = settlement
        self.openEstimateId = openEstimateId
        self.taxInvoices = taxInvoices
    }
}

/// Billing's lines of the reconciliation.
public struct BillingTotalsQuery: Query, Equatable {
    public typealias Reply = BillingTotals
    public static let service = ServiceName.billing
    public static let wireName = "totals"

    public init() {
    }
}

/// Counts and sums over every order.
public struct BillingTotals: Codable, Sendable, Equatable {
    public var ordersByCharge: [String: Int]
    public var ordersByPayment: [String: Int]
    public var charged: Money
    public var paid: Money
    public var cost: Money
    /// Collected by engineers and not yet remitted, by engineer id.
    public var cashInHand: [String: Money]
    /// Work orders charged more than once: always 0.
    public var doubledCharges: Int

    public init(
        ordersByCharge: [String: Int] = [:], ordersByPayment: [String: Int] = [:], charged: Money, paid: Money,
        cost: Money, cashInHand: [String: Money] = [:], doubledCharges: Int
    ) {
        self.ordersByCharge = ordersByCharge
        self.ordersByPayment = ordersByPayment
        self.charged = charged
        self.paid = paid
        self.cost = cost
        self.cashInHand = cashInHand
        self.doubledCharges = doubledCharges
    }
}
