import FoundationEssentials

/// A report can be answered but lacks what a work order needs. Subject `service-request/<id>`.
public struct RequestIncomplete: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "request-incomplete"

    public var requestId: UUID
    public var requestNumber: String
    public var channel: String
    public var contactId: UUID?
    /// JSON pointers into the report of what is missing.
    public var missing: [String]
    public var receivedAt: Date
    public var language: String
    /// When its sender is to be asked again; absent the first time.
    public var remindedAt: Date?
    /// Open orders and earlier incomplete requests that are probably about the same fault, the surest first.
    public var probableDuplicates: [RequestDuplicate]

    public init(
        requestId: UUID, requestNumber: String, channel: String, contactId: UUID? = nil, missing: [String] = [],
        receivedAt: Date, language: String, remindedAt: Date? = nil, probableDuplicates: [RequestDuplicate] = []
    ) {
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.channel = channel
        self.contactId = contactId
        self.missing = missing
        self.receivedAt = receivedAt
        self.language = language
        self.remindedAt = remindedAt
        self.probableDuplicates = probableDuplicates
    }
}

/// Nobody has completed a request, or settled it, in time: somebody higher up is told. Subject `service-request/<id>`.
public struct RequestEscalated: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "request-escalated"

    public var requestId: UUID
    public var requestNumber: String
    public var escalation: Escalation

    public init(requestId: UUID, requestNumber: String, escalation: Escalation) {
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.escalation = escalation
    }
}

/// A report could not be taken; routed with its channel as last word. Subject `report/<message id>`.
public struct ReportRepairRejected: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "report-repair-rejected"
    public static let lastWord: String? = "channel"

    public var channel: String
    public var externalId: String?
    public var messageId: String
    public var problem: Problem

    public init(channel: String, externalId: String? = nil, messageId: String, problem: Problem) {
        self.channel = channel
        self.externalId = externalId
        self.messageId = messageId
        self.problem = problem
    }
}

/// How a person is reached changed. The only event with contact data: on no stream. Subject `contact/<id>`.
public struct ContactChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "contact-changed"

    public var contactId: UUID
    public var customerId: UUID
    public var name: String?
    public var phone: String?
    public var email: String?
    public var address: String?
    public var channel: String
    public var channelUserId: String?
    public var language: String

    public init(
        contactId: UUID, customerId: UUID, name: String? = nil, phone: String? = nil, email: String? = nil,
        address: String? = nil, channel: String, channelUserId: String? = nil, language: String
    ) {
        self.contactId = contactId
        self.customerId = customerId
        self.name = name
        self.phone = phone
        self.email = email
        self.address = address
        self.channel = channel
        self.channelUserId = channelUserId
        self.language = language
    }
}

/// A clock passed its warning share. Subject `work-order/<id>`.
public struct SLAClockWarned: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "sla-clock-warned"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var clock: ClockState
    public var responsible: ResponsibleParty

    public init(workOrderId: UUID, workOrderNumber: String, clock: ClockState, responsible: ResponsibleParty) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.clock = clock
        self.responsible = responsible
    }
}

/// A clock ran past its target. Subject `work-order/<id>`.
public struct SLAClockBreached: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "sla-clock-breached"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var clock: ClockState
    public var responsible: ResponsibleParty

    public init(workOrderId: UUID, workOrderNumber: String, clock: ClockState, responsible: ResponsibleParty) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.clock = clock
        self.responsible = responsible
    }
}

/// Intake tells somebody higher up: a breached promise, or a wait that passed its deadline. Subject `work-order/<id>`.
public struct IntakeEscalationRaised: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "escalation-raised"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var escalation: Escalation

    public init(workOrderId: UUID, workOrderNumber: String, escalation: Escalation) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.escalation = escalation
    }
}
