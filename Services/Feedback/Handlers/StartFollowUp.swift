import DomainContracts
import Foundation
import ServiceKit

/// The work is confirmed: the customer gets his survey at once, and a call a day later if he does not answer.
struct StartFollowUp: EventHandler {
    let desk: LinkDesk

    func keys(_ event: CompletionConfirmed, _ keys: inout Keys) {
        keys.needFollowUp(of: event.workOrderId, about: event.reportId)
    }

    func decide(_ event: CompletionConfirmed, _ turn: inout Turn) -> EventOutcome {
        turn.followUp(
            event.workOrderId, event.workOrderNumber, about: event.reportId, doneAt: event.confirmedAt,
            note: CompletionConfirmed.wireName, desk)
    }
}

extension Keys {
    /// What `Turn.followUp` looks at.
    mutating func needFollowUp(of workOrderId: UUID, about reportId: UUID) {
        need(OrderNotice.self, workOrderId)
        need(FollowUp.self, FollowUp.id(of: workOrderId))
        need(Notification.self, FollowUp.surveyNotification(reportId))
    }
}

extension Turn {
    /// Asks the customer about what was done, once; and anew where an earlier work of the order was asked about before. Where the
    /// order has gone on since, or is over, nobody is asked.
    mutating func followUp(
        _ workOrderId: UUID, _ workOrderNumber: String, about reportId: UUID, doneAt: Date, note: String,
        _ desk: LinkDesk
    ) -> EventOutcome {
        let id = FollowUp.id(of: workOrderId)
        switch addressee(of: workOrderId) {
        case .notYet(let subject): return .notYet(waitingFor: subject)
        case .known(let notice, let contact):
            if let reopenedAt = notice.reopenedAt, doneAt < reopenedAt { return .applied }
            var followUp: FollowUp
            if let known = get(FollowUp.self, id) {
                followUp = known
                guard
                    followUp.restart(
                        reportId: reportId, surveyIsSent: contact.canBeNotified, confirmedAt: doneAt)
                else { return .applied }
            } else {
                followUp = FollowUp(
                    workOrderId: workOrderId, workOrderNumber: workOrderNumber, contactId: notice.contactId,
                    reportId: reportId, surveyIsSent: contact.canBeNotified, confirmedAt: doneAt)
            }
            set(followUp, id)
            self.note(note, about: FollowUp.self, id)
            cancel(GiveUpOnFollowUp.self, for: id)
            schedule(MakeFollowUpDue.self, for: id, at: followUp.dueAt)
            notify(
                contact, FollowUp.surveyNotification(reportId),
                News(
                    template: .survey, parameters: ["workOrderNumber": workOrderNumber],
                    token: desk.token(for: AnswerSurvey.self, about: id), workOrderId: workOrderId,
                    workOrderNumber: workOrderNumber, surveyId: id))
            return .applied
        }
    }
}

extension FollowUp {
    /// The follow-up of a work order, which is also its survey.
    static func id(of workOrderId: UUID) -> UUID { UUID(derivedFrom: DerivedNames.followUp, in: workOrderId) }

    /// The notification that asks about a report.
    static func surveyNotification(_ reportId: UUID) -> UUID {
        UUID(derivedFrom: DerivedNames.notification(.survey), in: reportId)
    }
}
