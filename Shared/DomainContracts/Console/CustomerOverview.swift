import FoundationEssentials

/// Everything about one customer in one answer: who he is, what he has, what was done for him and what he was told. Name him by
/// id or number; one who was merged is answered by the customer who stands for him.
public struct CustomerOverviewQuery: Query, Equatable {
    public typealias Reply = CustomerOverview
    public static let service = ServiceName.console
    public static let wireName = "customer-360"

    public var customerId: UUID?
    public var customerNumber: String?
    /// Work orders in this answer, 1 to 100; 20 when absent.
    public var limit: Int?
    /// The last answer's `cursor`, for older work orders, or for the next page of `list`.
    public var cursor: String?
    /// That list alone, by pages: `limit` 1 to 200, 200 when absent. Absent: everything, of each list the first 200.
    public var list: OverviewList?

    public init(
        customerId: UUID? = nil, customerNumber: String? = nil, limit: Int? = nil, cursor: String? = nil,
        list: OverviewList? = nil
    ) {
        self.list = list
        self.customerId = customerId
        self.customerNumber = customerNumber
        self.limit = limit
        self.cursor = cursor
    }
}

/// A customer, seen whole. Of contacts, sites, devices, contracts and past services at most 200 each; `more` names those that are longer.
public struct CustomerOverview: Codable, Sendable, Equatable {
    public var found: Bool
    public var customer: CustomerChanged?
    /// Customers for whom he stands since they were merged.
    public var mergedCustomerIds: [UUID]
    public var contacts: [ContactChanged]
    public var sites: [SiteChanged]
    public var devices: [DeviceChanged]
    public var contracts: [ContractChanged]
    /// The newest first.
    public var workOrders: [WorkOrderOverview]
    /// What was done for him before Mendloop, the newest first, at most 200; absent where that was nothing.
    public var pastServices: [PastServiceRecorded]?
    /// The last ten contacts with him, the newest first; `interactions` has all.
    public var lastInteractions: [StoryLine]
    public var totals: CustomerTotals?
    /// Asks for older work orders, or for the next page of the list that was asked for; absent where there are none.
    public var cursor: String?
    /// Of which there is more than is shown: `list` shows them whole. Nil as none.
    public var more: [OverviewList]?

    public init(
        found: Bool, customer: CustomerChanged? = nil, mergedCustomerIds: [UUID] = [], contacts: [ContactChanged] = [],
        sites: [SiteChanged] = [], devices: [DeviceChanged] = [], contracts: [ContractChanged] = [],
        workOrders: [WorkOrderOverview] = [], lastInteractions: [StoryLine] = [], totals: CustomerTotals? = nil,
        cursor: String? = nil, pastServices: [PastServiceRecorded]? = nil, more: [OverviewList]? = nil
    ) {
        self.more = more
        self.found = found
        self.customer = customer
        self.mergedCustomerIds = mergedCustomerIds
        self.contacts = contacts
        self.sites = sites
        self.devices = devices
        self.contracts = contracts
        self.workOrders = workOrders
        self.lastInteractions = lastInteractions
        self.totals = totals
        self.cursor = cursor
        self.pastServices = pastServices
    }
}

/// Sums over all of a customer's work orders.
public struct CustomerTotals: Codable, Sendable, Hashable {
    public var workOrders: Int
    public var openWorkOrders: Int
    public var reworkOrders: Int
    public var visits: Int
    public var sites: Int
    public var devices: Int
    /// By currency.
    public var charged: [Money]
    public var paid: [Money]
    /// Charged and not paid; below zero he has a deposit.
    public var balance: [Money]
    public var surveys: Int
    /// Mean of 1…5 in hundredths: 467 is 4.67.
    public var satisfactionHundredths: Int?
    public var firstReceivedAt: Date?
    public var lastReceivedAt: Date?

    public init(
        workOrders: Int, openWorkOrders: Int, reworkOrders: Int, visits: Int, sites: Int, devices: Int,
        charged: [Money] = [], paid: [Money] = [], balance: [Money] = [], surveys: Int,
        satisfactionHundredths: Int? = nil, firstReceivedAt: Date? = nil, lastReceivedAt: Date? = nil
    ) {
        self.workOrders = workOrders
        self.openWorkOrders = openWorkOrders
        self.reworkOrders = reworkOrders
        self.visits = visits
        self.sites = sites
        self.devices = devices
        self.charged = charged
        self.paid = paid
        self.balance = balance
        self.surveys = surveys
        self.satisfactionHundredths = satisfactionHundredths
        self.firstReceivedAt = firstReceivedAt
        self.lastReceivedAt = lastReceivedAt
    }
}
