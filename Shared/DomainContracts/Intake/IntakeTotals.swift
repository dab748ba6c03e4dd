import FoundationEssentials

/// What became of the reports, and where the work orders stand: intake's lines of the reconciliation.
public struct IntakeTotalsQuery: Query, Equatable {
    public typealias Reply = IntakeTotals
    public static let service = ServiceName.intake
    public static let wireName = "totals"

    public init() {
    }
}

/// Counts over everything intake ever took.
public struct IntakeTotals: Codable, Sendable, Equatable {
    public var requests: Int
    public var requestsByStatus: [String: Int]
    public var rejected: Int
    public var workOrders: Int
    public var workOrdersByStatus: [String: Int]
    public var workOrdersByOutcome: [String: Int]
    public var reworkOrders: Int
    /// Work orders that share one request: 0 unless a report was taken twice.
    public var doubledRequests: Int
    public var clocksMet: [String: Int]
    public var clocksBreached: [String: Int]
    public var promises: PromiseTotals?

    public init(
        requests: Int, requestsByStatus: [String: Int] = [:], rejected: Int, workOrders: Int,
        workOrdersByStatus: [String: Int] = [:], workOrdersByOutcome: [String: Int] = [:], reworkOrders: Int,
        doubledRequests: Int, clocksMet: [String: Int] = [:], clocksBreached: [String: Int] = [:],
        promises: PromiseTotals? = nil
    ) {
        self.requests = requests
        self.requestsByStatus = requestsByStatus
        self.rejected = rejected
        self.workOrders = workOrders
        self.workOrdersByStatus = workOrdersByStatus
        self.workOrdersByOutcome = workOrdersByOutcome
        self.reworkOrders = reworkOrders
        self.doubledRequests = doubledRequests
        self.clocksMet = clocksMet
        self.clocksBreached = clocksBreached
        self.promises = promises
    }
}

/// What was promised on which grounds, what stopped the clocks, and what was said twice. Merged orders are counted among the
/// duplicates alone.
public struct PromiseTotals: Codable, Sendable, Equatable {
    /// Contracts that were ever written.
    public var contracts: Int
    /// By kind of entitlement.
    public var ordersByEntitlement: [String: Int]
    /// By the name of the calendar that the resolution runs in.
    public var ordersByCalendar: [String: Int]
    /// Resolution clocks that have come to their end, by response level.
    public var attainmentByLevel: [String: Attainment]
    /// Pauses of resolution clocks that have ended, by what was waited for.
    public var pausesByReason: [String: PauseTotal]
    /// Orders that were opened as another's probable duplicate and were not dismissed.
    public var probableDuplicates: Int
    /// Those of them that were merged into it.
    public var duplicatesMerged: Int
    /// Orders that took a merged one's place.
    public var unmerged: Int
    /// Messages of customers who urged.
    public var reminders: Int

    public init(
        contracts: Int, ordersByEntitlement: [String: Int] = [:], ordersByCalendar: [String: Int] = [:],
        attainmentByLevel: [String: Attainment] = [:], pausesByReason: [String: PauseTotal] = [:],
        probableDuplicates: Int, duplicatesMerged: Int, unmerged: Int, reminders: Int
    ) {
        self.contracts = contracts
        self.ordersByEntitlement = ordersByEntitlement
        self.ordersByCalendar = ordersByCalendar
        self.attainmentByLevel = attainmentByLevel
        self.pausesByReason = pausesByReason
        self.probableDuplicates = probableDuplicates
        self.duplicatesMerged = duplicatesMerged
        self.unmerged = unmerged
        self.reminders = reminders
    }
}

/// Clocks that were met and that were not.
public struct Attainment: Codable, Sendable, Equatable {
    public var met: Int
    public var breached: Int

    public init(met: Int, breached: Int) {
        self.met = met
        self.breached = breached
    }
}

/// How often, and how long altogether.
public struct PauseTotal: Codable, Sendable, Equatable {
    public var count: Int
    /// By the clock on the wall, nights and holidays included.
    public var seconds: Int

    public init(count: Int, seconds: Int) {
        self.count = count
        self.seconds = seconds
    }
}
