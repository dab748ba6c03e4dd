import FoundationEssentials

/// Puts the questionnaire of a service type in force: what is asked of whoever reports. Reports of before keep their answers.
public struct PublishQuestionnaire: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "publish-questionnaire"

    public var serviceType: ServiceType
    /// A JSON Schema of an object, in the part of 2020-12 that docs/triage.md names; each property with an `x-label` in `zh-Hans`
    /// and `en`. Absent: nothing is asked any more.
    public var schema: JSONValue?
    /// The version that the author had before him, 0 for the first one; refused when there is another one since.
    public var expectedVersion: Int?

    public init(serviceType: ServiceType, schema: JSONValue? = nil, expectedVersion: Int? = nil) {
        self.serviceType = serviceType
        self.schema = schema
        self.expectedVersion = expectedVersion
    }
}

/// Something else is asked about a service type. Subject `questionnaire/<id>`.
public struct QuestionnaireChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "questionnaire-changed"

    public var serviceType: ServiceType
    public var questionnaireVersion: Int
    /// Absent where nothing is asked any more.
    public var schema: JSONValue?
    public var changedAt: Date

    public init(serviceType: ServiceType, questionnaireVersion: Int, schema: JSONValue? = nil, changedAt: Date) {
        self.serviceType = serviceType
        self.questionnaireVersion = questionnaireVersion
        self.schema = schema
        self.changedAt = changedAt
    }
}

/// What is asked about a service type, now or in an earlier version.
public struct QuestionnaireQuery: Query, Equatable {
    public typealias Reply = QuestionnaireAnswer
    public static let service = ServiceName.intake
    public static let wireName = "questionnaire"

    public var serviceType: ServiceType
    /// The one in force when absent.
    public var questionnaireVersion: Int?

    public init(serviceType: ServiceType, questionnaireVersion: Int? = nil) {
        self.serviceType = serviceType
        self.questionnaireVersion = questionnaireVersion
    }
}

/// A questionnaire; version 0 where none was ever published.
public struct QuestionnaireAnswer: Codable, Sendable, Equatable {
    public var serviceType: ServiceType
    public var questionnaireVersion: Int
    /// Absent where nothing is asked.
    public var schema: JSONValue?
    public var publishedAt: Date?
    public var publishedBy: String?

    public init(
        serviceType: ServiceType, questionnaireVersion: Int, schema: JSONValue? = nil, publishedAt: Date? = nil,
        publishedBy: String? = nil
    ) {
        self.serviceType = serviceType
        self.questionnaireVersion = questionnaireVersion
        self.schema = schema
        self.publishedAt = publishedAt
        self.publishedBy = publishedBy
    }
}
