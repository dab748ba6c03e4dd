import FoundationEssentials

/// Somebody says more about what he reported: he urges 催单, corrects, adds, asks (`intake.append-message.<channel>`).
/// The request is named by its id, or by its work order's id or number.
public struct AppendMessage: Command, Equatable {
    public typealias Reply = MessageTaken
    public static let service = ServiceName.intake
    public static let wireName = "append-message"
    public static let isChannelled = true

    /// The channel that took the message; the routing key's last word and the envelope's source must say the same.
    public var channel: String
    public var requestId: UUID?
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    public var kind: MessageKind
    /// In the sender's words; may only be absent of a reminder, or beside attachments.
    public var text: String?
    public var attachments: [Attachment]
    /// When it was said; the envelope's time when absent.
    public var sentAt: Date?
    /// The token of the link by which the request is followed, when the customer writes through it.
    public var token: String?
    /// Who writes, as the channel knows him: its user id, else, of the channels `email` and `phone`, his mail address or phone. A
    /// mail's sender proves nothing: such a message is kept as unverified.
    public var channelUserId: String?

    public init(
        channel: String, requestId: UUID? = nil, workOrderId: UUID? = nil, workOrderNumber: String? = nil,
        kind: MessageKind, text: String? = nil, attachments: [Attachment] = [],
        sentAt: Date? = nil, token: String? = nil, channelUserId: String? = nil
    ) {
        self.channel = channel
        self.requestId = requestId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.kind = kind
        self.text = text
        self.attachments = attachments
        self.sentAt = sentAt
        self.token = token
        self.channelUserId = channelUserId
    }
}

/// Why somebody writes again.
public struct MessageKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Nothing happens, or not soon enough 催单.
    public static let reminder = MessageKind(rawValue: "reminder")
    /// Something that was said is wrong.
    public static let correction = MessageKind(rawValue: "correction")
    public static let addition = MessageKind(rawValue: "addition")
    public static let question = MessageKind(rawValue: "question")

    public static let known: [Self] = [.reminder, .correction, .addition, .question]
}

/// The message is with the request, and with the order that works on it.
public struct MessageTaken: Codable, Sendable, Equatable {
    public var requestId: UUID
    public var requestNumber: String
    /// The order on which it is acted: where the request's own was merged, the one into which it was.
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    /// Of the order, or of the request while there is none.
    public var status: String
    /// Messages of this request so far, this one included.
    public var messages: Int
    /// Reminders among them.
    public var reminders: Int

    public init(
        requestId: UUID, requestNumber: String, workOrderId: UUID? = nil, workOrderNumber: String? = nil,
        status: String, messages: Int, reminders: Int
    ) {
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.status = status
        self.messages = messages
        self.reminders = reminders
    }
}

/// Somebody said more about his request. Subject `service-request/<id>`.
public struct MessageAppended: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "message-appended"

    public var requestId: UUID
    public var requestNumber: String
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    public var customerId: UUID
    public var message: RequestMessage
    /// Reminders of this request so far.
    public var reminders: Int

    public init(
        requestId: UUID, requestNumber: String, workOrderId: UUID? = nil, workOrderNumber: String? = nil,
        customerId: UUID, message: RequestMessage, reminders: Int
    ) {
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.customerId = customerId
        self.message = message
        self.reminders = reminders
    }
}

/// One message of a request.
public struct RequestMessage: Codable, Sendable, Equatable {
    /// Its place among the request's messages, from 1.
    public var number: Int
    public var channel: String
    public var kind: MessageKind
    public var text: String?
    public var attachments: [Attachment]
    public var sentAt: Date
    public var takenAt: Date
    /// True: nobody vouches that its sender is the customer. It came by mail from the address of the report, and anybody can
    /// write that as a sender's. Absent as false.
    public var isUnverified: Bool?
    /// The request whose words these are, where that was merged into this one's order.
    public var mergedRequestId: UUID?

    public init(
        number: Int, channel: String, kind: MessageKind, text: String? = nil, attachments: [Attachment] = [],
        sentAt: Date, takenAt: Date, isUnverified: Bool? = nil, mergedRequestId: UUID? = nil
    ) {
        self.number = number
        self.channel = channel
        self.kind = kind
        self.text = text
        self.attachments = attachments
        self.sentAt = sentAt
        self.takenAt = takenAt
        self.isUnverified = isUnverified
        self.mergedRequestId = mergedRequestId
    }
}

/// What was said about a request since it was reported, the latest first.
public struct RequestMessagesQuery: Query, Equatable {
    public typealias Reply = RequestMessagesAnswer
    public static let service = ServiceName.intake
    public static let wireName = "request-messages"

    public var requestId: UUID
    /// 1 to 100; 20 when absent.
    public var limit: Int?
    /// Only messages before this one: the last answer's last `number`.
    public var before: Int?

    public init(requestId: UUID, limit: Int? = nil, before: Int? = nil) {
        self.requestId = requestId
        self.limit = limit
        self.before = before
    }
}

/// A page of a request's messages.
public struct RequestMessagesAnswer: Codable, Sendable, Equatable {
    public var messages: [RequestMessage]
    /// Whether there are earlier ones.
    public var hasMore: Bool

    public init(messages: [RequestMessage], hasMore: Bool) {
        self.messages = messages
        self.hasMore = hasMore
    }
}

/// Settles a request without a work order: a question that knowledge answers.
public struct AnswerServiceRequest: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "answer-request"

    public var requestId: UUID
    /// What the customer is told.
    public var answer: String
    /// The knowledge that was given.
    public var articleId: String?
    public var occurredAt: Date?
    public var expectedVersion: Int?

    public init(
        requestId: UUID, answer: String, articleId: String? = nil, occurredAt: Date? = nil, expectedVersion: Int? = nil
    ) {
        self.requestId = requestId
        self.answer = answer
        self.articleId = articleId
        self.occurredAt = occurredAt
        self.expectedVersion = expectedVersion
    }
}

/// Puts a request aside that is none. Only while no work order exists.
public struct MarkAsSpam: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "mark-as-spam"

    public var requestId: UUID
    public var reason: String?
    public var expectedVersion: Int?

    public init(requestId: UUID, reason: String? = nil, expectedVersion: Int? = nil) {
        self.requestId = requestId
        self.reason = reason
        self.expectedVersion = expectedVersion
    }
}

/// A request was settled without a work order. Subject `service-request/<id>`.
public struct RequestAnswered: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "request-answered"

    public var requestId: UUID
    public var requestNumber: String
    public var channel: String
    public var contactId: UUID
    public var customerId: UUID
    public var answer: String
    public var articleId: String?
    public var answeredAt: Date
    public var language: String

    public init(
        requestId: UUID, requestNumber: String, channel: String, contactId: UUID, customerId: UUID, answer: String,
        articleId: String? = nil, answeredAt: Date, language: String
    ) {
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.channel = channel
        self.contactId = contactId
        self.customerId = customerId
        self.answer = answer
        self.articleId = articleId
        self.answeredAt = answeredAt
        self.language = language
    }
}
