import DomainContracts
import Foundation
import ServiceKit

/// The work is confirmed: the customer gets his survey at once, and a call a day later if he does not answer.
struct StartFollowUp: EventHandler {
    let desk: LinkDesk

    func keys(_ event: CompletionConfirmed, _ keys: inout Keys) {
        keys.need(OrderNotice.self, event.workOrderId)
        keys.need(FollowUp.self, FollowUp.id(of: event.workOrderId))
        keys.need(Notification.self, Self.surveyNotification(event.reportId))
    }

    func decide(_ event: CompletionConfirmed, _ turn: inout Turn) -> EventOutcome {
        let id = FollowUp.id(of: event.workOrderId)
        switch turn.addressee(of: event.workOrderId) {
        case .notYet(let subject): return .notYet(waitingFor: subject)
        case .known(let notice, let contact):
            var followUp: FollowUp
            if let known = turn.get(FollowUp.self, id) {
                followUp = known
                guard
                    followUp.restart(
                        reportId: event.reportId, surveyIsSent: contact.canBeNotified, confirmedAt: event.confirmedAt)
                else { return .applied }
            } else {
                followUp = FollowUp(
                    workOrderId: event.workOrderId, workOrderNumber: event.workOrderNumber,
                    contactId: notice.contactId, reportId: event.reportId, surveyIsSent: contact.canBeNotified,
                    confirmedAt: event.confirmedAt)
            }
            turn.set(followUp, id)
            turn.note("completion-confirmed", about: FollowUp.self, id)
            turn.cancel(GiveUpOnFollowUp.self, for: id)
            turn.schedule(MakeFollowUpDue.self, for: id, at: followUp.dueAt)
            turn.notify(
                contact, Self.surveyNotification(event.reportId),
                News(
                    template: .survey, parameters: ["workOrderNumber": event.workOrderNumber],
                    token: desk.token(for: AnswerSurvey.self, about: id), workOrderId: event.workOrderId,
                    workOrderNumber: event.workOrderNumber, surveyId: id))
            return .applied
        }
    }

    private static func surveyNotification(_ reportId: UUID) -> UUID {
        UUID(derivedFrom: DerivedNames.notification(.survey), in: reportId)
    }
}

extension FollowUp {
    /// The follow-up of a work order, which is also its survey.
    static func id(of workOrderId: UUID) -> UUID { UUID(derivedFrom: DerivedNames.followUp, in: workOrderId) }
}
