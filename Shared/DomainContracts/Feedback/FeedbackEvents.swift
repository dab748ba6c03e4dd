import FoundationEssentials

/// Tell somebody something on his channel; routed with the channel as last word, on no stream. Subject `notification/<id>`.
public struct NotificationRequested: Event, Equatable {
    public static let service = ServiceName.feedback
    public static let wireName = "notification-requested"
    public static let lastWord: String? = "channel"
    public static let isKept = false

    public var notificationId: UUID
    public var channel: String
    /// What is told: `report-received`, `visit-booked`, `survey` …
    public var template: String
    public var language: String
    public var recipient: NotificationRecipient
    /// What the template's words are filled with.
    public var parameters: [String: String]
    /// Token of the signed link with which the recipient can act.
    public var token: String?
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    public var surveyId: UUID?
    public var estimateId: UUID?
    public var requestedAt: Date

    public init(
        notificationId: UUID, channel: String, template: String, language: String, recipient: NotificationRecipient,
        parameters: [String: String] = [:], token: String? = nil, workOrderId: UUID? = nil,
        workOrderNumber: String? = nil, surveyId: UUID? = nil, estimateId: UUID? = nil, requestedAt: Date
    ) {
        self.notificationId = notificationId
        self.channel = channel
        self.template = template
        self.language = language
        self.recipient = recipient
        self.parameters = parameters
        self.token = token
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.surveyId = surveyId
        self.estimateId = estimateId
        self.requestedAt = requestedAt
    }
}

/// Whom to tell, and how he is reached.
public struct NotificationRecipient: Codable, Sendable, Hashable {
    /// `customer`, `engineer`, `supervisor`, `agent`.
    public var role: String
    public var name: String?
    public var phone: String?
    public var email: String?
    public var channelUserId: String?
    public var engineerId: UUID?

    public init(
        role: String, name: String? = nil, phone: String? = nil, email: String? = nil, channelUserId: String? = nil,
        engineerId: UUID? = nil
    ) {
        self.role = role
        self.name = name
        self.phone = phone
        self.email = email
        self.channelUserId = channelUserId
        self.engineerId = engineerId
    }
}

/// What became of a notification, or that it was asked for; without how its recipient is reached. Subject
/// `notification/<id>`.
public struct NotificationChanged: Event, Equatable {
    public static let service = ServiceName.feedback
    public static let wireName = "notification-changed"

    public var notificationId: UUID
    public var workOrderId: UUID?
    /// `internal` for our own people.
    public var channel: String
    public var template: String
    public var status: NotificationStatus
    /// What the channel's adapter says of it.
    public var detail: String?
    public var requestedAt: Date
    public var changedAt: Date

    public init(
        notificationId: UUID, workOrderId: UUID? = nil, channel: String, template: String, status: NotificationStatus,
        detail: String? = nil, requestedAt: Date, changedAt: Date
    ) {
        self.notificationId = notificationId
        self.workOrderId = workOrderId
        self.channel = channel
        self.template = template
        self.status = status
        self.detail = detail
        self.requestedAt = requestedAt
        self.changedAt = changedAt
    }
}

/// An agent should call. Subject `follow-up/<id>`.
public struct FollowUpDue: Event, Equatable {
    public static let service = ServiceName.feedback
    public static let wireName = "follow-up-due"

    public var followUpId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var dueAt: Date
    public var deadline: Date

    public init(followUpId: UUID, workOrderId: UUID, workOrderNumber: String, dueAt: Date, deadline: Date) {
        self.followUpId = followUpId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.dueAt = dueAt
        self.deadline = deadline
    }
}

/// The customer answered. Subject `follow-up/<id>`.
public struct SurveyAnswered: Event, Equatable {
    public static let service = ServiceName.feedback
    public static let wireName = "survey-answered"

    public var surveyId: UUID
    public var followUpId: UUID
    public var workOrderId: UUID
    public var satisfaction: Int
    public var recommendation: Int?
    public var effort: Int?
    public var fixed: Bool
    /// In the customer's own words.
    public var comment: String?
    public var answeredAt: Date

    public init(
        surveyId: UUID, followUpId: UUID, workOrderId: UUID, satisfaction: Int, recommendation: Int? = nil,
        effort: Int? = nil, fixed: Bool, comment: String? = nil, answeredAt: Date
    ) {
        self.surveyId = surveyId
        self.followUpId = followUpId
        self.workOrderId = workOrderId
        self.satisfaction = satisfaction
        self.recommendation = recommendation
        self.effort = effort
        self.fixed = fixed
        self.comment = comment
        self.answeredAt = answeredAt
    }
}

/// The follow-up is over: called, or its deadline passed. Subject `follow-up/<id>`.
public struct FollowUpCompleted: Event, Equatable {
    public static let service = ServiceName.feedback
    public static let wireName = "follow-up-completed"

    public var followUpId: UUID
    public var workOrderId: UUID
    public var result: FollowUpResult
    public var fixed: Bool?
    public var satisfaction: Int?
    /// What was said on the telephone, in the agent's words.
    public var note: String?
    public var completedAt: Date

    public init(
        followUpId: UUID, workOrderId: UUID, result: FollowUpResult, fixed: Bool? = nil, satisfaction: Int? = nil,
        note: String? = nil, completedAt: Date
    ) {
        self.followUpId = followUpId
        self.workOrderId = workOrderId
        self.result = result
        self.fixed = fixed
        self.satisfaction = satisfaction
        self.note = note
        self.completedAt = completedAt
    }
}
