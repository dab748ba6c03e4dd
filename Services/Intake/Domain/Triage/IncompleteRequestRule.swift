import DomainContracts
import FoundationEssentials

/// What is done so that an incomplete request is not forgotten: its sender is asked once more, and then the supervisor
/// hears of it, and the manager.
enum IncompleteRequestRule {
    /// Minutes of `working_hours` since it was found incomplete, and whom we turn to. Nil: its sender.
    static let steps: [(minutes: Int, toStep: Int?)] = [(120, nil), (240, 2), (480, EscalationRule.lastStep)]

    /// What an escalation is about.
    static let about = "request_incomplete"
}

/// How far that is.
struct IncompleteWatch: Codable, Sendable, Equatable {
    /// When it was found incomplete first.
    let since: Date
    /// How many steps were taken.
    private(set) var taken = 0
    private(set) var remindedAt: Date?
    private(set) var escalatedAt: Date?

    init(since: Date) { self.since = since }

    /// When the next step is due, in whole seconds; nil after the last.
    func nextAt(_ calendar: BusinessCalendar) -> Date? {
        guard taken < IncompleteRequestRule.steps.count else { return nil }
        let seconds = Double(IncompleteRequestRule.steps[taken].minutes * 60)
        let due = calendar.date(after: seconds, from: since) ?? since + seconds
        return Date(timeIntervalSince1970: due.timeIntervalSince1970.rounded(.up))
    }

    /// Takes the next step.
    ///
    /// - Returns: whose turn it is as a step of escalation; nil: the sender's.
    mutating func takeStep(at date: Date) -> Int? {
        let step = IncompleteRequestRule.steps[taken].toStep
        taken += 1
        if step == nil { remindedAt = date } else { escalatedAt = date }
        return step
    }
}
