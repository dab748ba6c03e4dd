import DomainContracts
import FoundationEssentials

/// Something we asked a channel to tell somebody. How he is reached stands in the event alone, not here.
struct Notification: Codable, Sendable, Equatable {
    /// How long the channel's adapter may take to say what became of it, seconds.
    static let patience: TimeInterval = 24 * 3600

    private(set) var status: NotificationState = .requested
    let template: Template
    let channel: String
    let workOrderId: UUID?
    /// Under which it is told of: of a request without a work order the id that one would have. Nil on those of before it was kept.
    let story: UUID?
    let requestedAt: Date
    private(set) var settledAt: Date?
    private(set) var detail: String?
    /// Whom it was for asked to be forgotten; nil as not.
    private(set) var isForgotten: Bool?

    init(template: Template, channel: String, workOrderId: UUID?, story: UUID? = nil, requestedAt: Date) {
        self.template = template
        self.channel = channel
        self.workOrderId = workOrderId
        self.story = story
        self.requestedAt = requestedAt
    }

    /// False, and unchanged, when it cannot happen in this state.
    mutating func take(_ act: NotificationAct, at: Date, detail: String? = nil) -> Bool {
        guard let next = NotificationStateMachine.next(status, act) else { return false }
        status = next
        settledAt = at
        self.detail = isForgotten == true ? nil : detail
        return true
    }

    func news(_ id: UUID, at now: Date) -> NotificationChanged {
        NotificationChanged(
            notificationId: id, workOrderId: workOrderId, channel: channel, template: template.rawValue,
            status: NotificationStatus(rawValue: status.rawValue), detail: detail, requestedAt: requestedAt,
            changedAt: settledAt ?? now)
    }
}

/// What is told.
enum Template: String, CaseIterable, Codable, Sendable {
    case reportReceived = "report-received"
    case requestIncomplete = "request-incomplete"
    case requestAnswered = "request-answered"
    case disputeDecided = "dispute-decided"
    case visitBooked = "visit-booked"
    case appointmentLost = "appointment-lost"
    case noAccess = "no-access"
    case orderCancelled = "order-cancelled"
    case quote
    case completion
    case survey
    case escalation
    case slaWarning = "sla-warning"
    case slaBreach = "sla-breach"
}
