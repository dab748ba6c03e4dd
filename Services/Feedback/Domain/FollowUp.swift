import DomainContracts
import FoundationEssentials

/// Asking the customer whether it was good: by survey first, by a call when he does not answer. One a work order; the
/// survey has the same id.
struct FollowUp: Codable, Sendable, Equatable {
    /// From the confirmation until an agent should call, seconds.
    static let patience: TimeInterval = 24 * 3600
    /// From then until nobody need call any more, seconds.
    static let callTime: TimeInterval = 72 * 3600

    private(set) var status: FollowUpState = .scheduled
    let workOrderId: UUID
    let workOrderNumber: String
    let contactId: UUID
    /// The report that was confirmed last, or what stands for one where it was settled from afar.
    private(set) var reportId: UUID
    /// Those before it: each started the follow-up anew.
    private(set) var earlierReportIds: [UUID] = []
    private(set) var survey: SurveyState
    private(set) var dueAt: Date
    private(set) var closedAt: Date?

    init(
        workOrderId: UUID, workOrderNumber: String, contactId: UUID, reportId: UUID, surveyIsSent: Bool,
        confirmedAt: Date
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.contactId = contactId
        self.reportId = reportId
        survey = surveyIsSent ? .sent : .none
        dueAt = confirmedAt.addingTimeInterval(Self.patience)
    }

    /// When that was done which is asked about.
    var askedAbout: Date { dueAt.addingTimeInterval(-Self.patience) }
    var deadline: Date { dueAt.addingTimeInterval(Self.callTime) }

    /// False when this report was followed up before.
    mutating func restart(reportId: UUID, surveyIsSent: Bool, confirmedAt: Date) -> Bool {
        guard reportId != self.reportId, !earlierReportIds.contains(reportId), move(.restart) else { return false }
        earlierReportIds.append(self.reportId)
        self.reportId = reportId
        survey = surveyIsSent ? .sent : .none
        dueAt = confirmedAt.addingTimeInterval(Self.patience)
        closedAt = nil
        return true
    }

    mutating func fallDue() -> Bool { move(.fallDue) }
    mutating func answer(at: Date) -> Bool { close(.answer, at, survey: .answered) }
    mutating func complete(at: Date) -> Bool { close(.complete, at, survey: .unanswered) }
    mutating func expire(at: Date) -> Bool { close(.expire, at, survey: .unanswered) }
    mutating func cancel(at: Date) -> Bool { close(.cancel, at, survey: .unanswered) }

    private mutating func move(_ act: FollowUpAct) -> Bool {
        guard let next = FollowUpStateMachine.next(status, act) else { return false }
        status = next
        return true
    }

    private mutating func close(_ act: FollowUpAct, _ at: Date, survey outcome: SurveyState) -> Bool {
        guard move(act) else { return false }
        closedAt = at
        if survey != .none || outcome == .answered { survey = outcome }
        return true
    }
}

/// What became of the survey.
enum SurveyState: String, CaseIterable, Codable, Sendable {
    /// The customer cannot be reached by a message.
    case none
    case sent
    case answered
    /// The follow-up was over before he answered.
    case unanswered
}
