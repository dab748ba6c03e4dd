import FoundationEssentials

/// One work order as intake holds it, by id or number.
public struct WorkOrderQuery: Query, Equatable {
    public typealias Reply = WorkOrderAnswer
    public static let service = ServiceName.intake
    public static let wireName = "work-order"

    public var workOrderId: UUID?
    public var workOrderNumber: String?

    public init(workOrderId: UUID? = nil, workOrderNumber: String? = nil) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
    }
}

/// A work order, its clocks and its entitlement; `found` false when there is none.
public struct WorkOrderAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    public var requestId: UUID?
    public var status: WorkOrderStatus?
    public var outcome: Outcome?
    public var closureCode: ClosureCode?
    public var responsible: ResponsibleParty?
    public var priority: Priority?
    public var entitlement: Entitlement?
    public var clocks: [ClockState]
    public var visits: Int?
    public var version: Int?
    /// Why nobody may go, while somebody is needed and nobody may.
    public var impasse: DispatchImpasse?
    public var reworkOf: UUID?
    public var mergedInto: UUID?
    /// Open orders that are probably about the same fault, the surest first; those that were dismissed are not among them.
    public var probableDuplicates: [ProbableDuplicate]
    /// Incomplete requests that are probably about the same fault, the surest first.
    public var probableDuplicateRequests: [RequestDuplicate]
    /// The merged order whose place it takes.
    public var unmergedFrom: UUID?
    /// The order that took its place when it was unmerged.
    public var unmergedAs: UUID?
    /// The next order with which it goes on for its customer: the one that took its place, the one of the same customer into which it was
    /// merged, or the rework order of a closed one. Absent where that is itself.
    public var goesOnAs: UUID?
    /// How whoever reported is reached, as it is known today.
    public var contact: ReportedContact?
    /// Whom to meet or call on site, where that is somebody else.
    public var siteContact: ReportedContact?
    /// Where it is to be done, and how one gets in.
    public var site: ReportedSite?

    public init(
        found: Bool, workOrderId: UUID? = nil, workOrderNumber: String? = nil, requestId: UUID? = nil,
        status: WorkOrderStatus? = nil, outcome: Outcome? = nil, closureCode: ClosureCode? = nil,
        responsible: ResponsibleParty? = nil, priority: Priority? = nil, entitlement: Entitlement? = nil,
        clocks: [ClockState] = [], visits: Int? = nil, version: Int? = nil,
        impasse: DispatchImpasse? = nil, reworkOf: UUID? = nil, mergedInto: UUID? = nil,
        probableDuplicates: [ProbableDuplicate] = [], probableDuplicateRequests: [RequestDuplicate] = [],
        unmergedFrom: UUID? = nil, unmergedAs: UUID? = nil, goesOnAs: UUID? = nil, contact: ReportedContact? = nil,
        siteContact: ReportedContact? = nil,
        site: ReportedSite? = nil
    ) {
        self.found = found
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.requestId = requestId
        self.status = status
        self.outcome = outcome
        self.closureCode = closureCode
        self.responsible = responsible
        self.priority = priority
        self.entitlement = entitlement
        self.clocks = clocks
        self.visits = visits
        self.version = version
        self.impasse = impasse
        self.reworkOf = reworkOf
        self.mergedInto = mergedInto
        self.probableDuplicates = probableDuplicates
        self.probableDuplicateRequests = probableDuplicateRequests
        self.unmergedFrom = unmergedFrom
        self.unmergedAs = unmergedAs
        self.goesOnAs = goesOnAs
        self.contact = contact
        self.siteContact = siteContact
        self.site = site
    }
}

/// One service request, by id or number.
public struct RequestQuery: Query, Equatable {
    public typealias Reply = RequestAnswer
    public static let service = ServiceName.intake
    public static let wireName = "request"

    public var requestId: UUID?
    public var requestNumber: String?

    public init(requestId: UUID? = nil, requestNumber: String? = nil) {
        self.requestId = requestId
        self.requestNumber = requestNumber
    }
}

/// A request as it stands.
public struct RequestAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    public var requestId: UUID?
    public var requestNumber: String?
    public var status: RequestStatus?
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    public var missing: [String]
    /// How the customer was recognised.
    public var customerMatch: PartyMatch?
    /// How the device was recognised; absent when the report names none.
    public var deviceMatch: PartyMatch?
    /// What the customer said is wrong.
    public var problem: String?
    /// His answers, and by which questionnaire they were looked at.
    public var answers: JSONValue?
    public var questionnaireVersion: Int?
    /// What the customer was told, of one that was settled without a work order.
    public var answer: String?
    /// All that was said, with phones in E.164, and what agents have added since.
    public var report: ReportRepair?
    /// Open orders and other incomplete requests that are probably about the same fault, the surest first, while it is
    /// incomplete; those that were dismissed are not among them.
    public var probableDuplicates: [RequestDuplicate]
    /// The order into which it was merged while it had none of its own.
    public var mergedInto: UUID?
    /// For `expectedVersion`.
    public var version: Int?

    public init(
        found: Bool, requestId: UUID? = nil, requestNumber: String? = nil, status: RequestStatus? = nil,
        workOrderId: UUID? = nil, workOrderNumber: String? = nil, missing: [String] = [],
        customerMatch: PartyMatch? = nil, deviceMatch: PartyMatch? = nil, problem: String? = nil,
        answers: JSONValue? = nil, questionnaireVersion: Int? = nil, answer: String? = nil,
        report: ReportRepair? = nil, probableDuplicates: [RequestDuplicate] = [], mergedInto: UUID? = nil,
        version: Int? = nil
    ) {
        self.found = found
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.status = status
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.missing = missing
        self.customerMatch = customerMatch
        self.deviceMatch = deviceMatch
        self.problem = problem
        self.answers = answers
        self.questionnaireVersion = questionnaireVersion
        self.answer = answer
        self.report = report
        self.probableDuplicates = probableDuplicates
        self.mergedInto = mergedInto
        self.version = version
    }
}
