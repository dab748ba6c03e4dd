import FoundationEssentials

/// The customer answers the survey.
public struct AnswerSurvey: Command, Equatable {
    public static let service = ServiceName.feedback
    public static let wireName = "answer-survey"
    public static let isChannelled = true

    public var surveyId: UUID
    /// 1…5.
    public var satisfaction: Int
    /// 0…10: would recommend us.
    public var recommendation: Int?
    /// 1 (hard) … 7 (easy).
    public var effort: Int?
    public var fixed: Bool
    public var comment: String?
    public var token: String?
    public var channelUserId: String?
    public var occurredAt: Date?

    public init(
        surveyId: UUID, satisfaction: Int, recommendation: Int? = nil, effort: Int? = nil, fixed: Bool,
        comment: String? = nil, token: String? = nil, channelUserId: String? = nil, occurredAt: Date? = nil
    ) {
        self.surveyId = surveyId
        self.satisfaction = satisfaction
        self.recommendation = recommendation
        self.effort = effort
        self.fixed = fixed
        self.comment = comment
        self.token = token
        self.channelUserId = channelUserId
        self.occurredAt = occurredAt
    }
}

/// An agent has called 回访.
public struct CompleteFollowUp: Command, Equatable {
    public static let service = ServiceName.feedback
    public static let wireName = "complete-follow-up"

    public var followUpId: UUID
    public var result: FollowUpResult
    public var fixed: Bool?
    /// 1…5.
    public var satisfaction: Int?
    public var note: String?
    public var occurredAt: Date?

    public init(
        followUpId: UUID, result: FollowUpResult, fixed: Bool? = nil, satisfaction: Int? = nil, note: String? = nil,
        occurredAt: Date? = nil
    ) {
        self.followUpId = followUpId
        self.result = result
        self.fixed = fixed
        self.satisfaction = satisfaction
        self.note = note
        self.occurredAt = occurredAt
    }
}

/// The channel's adapter says what became of a notification.
public struct ConfirmDelivery: Command, Equatable {
    public static let service = ServiceName.feedback
    public static let wireName = "confirm-delivery"
    public static let isChannelled = true

    public var notificationId: UUID
    public var status: DeliveryStatus
    public var detail: String?
    public var occurredAt: Date?

    public init(notificationId: UUID, status: DeliveryStatus, detail: String? = nil, occurredAt: Date? = nil) {
        self.notificationId = notificationId
        self.status = status
        self.detail = detail
        self.occurredAt = occurredAt
    }
}
