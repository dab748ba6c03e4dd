import DomainContracts
import Foundation

@testable import Feedback
@testable import FieldService
@testable import ServiceKit

/// The customer after the work, and the channels by which he is told.
extension OutsideWorld {
    func channelChoices(_ choices: inout Choices, _ history: History) {
        let notifications = history[.feedback].all(Feedback.Notification.self).suffix(5)
        for (id, notification) in notifications where notification.status == .requested {
            choices.may(1) {
                try self.say(
                    ConfirmDelivery(
                        notificationId: id, status: history.dice.chance(800) ? .delivered : .failed), by: .adapter,
                    isChannelled: true, in: history)
            }
        }
    }

    func customerChoices(_ order: UUID, _ choices: inout Choices, _ history: History) {
        let isDutiful = choices.isDutiful
        let answers = history.temper.neglects(order) ? 0 : 8
        func act<C: Command>(_ command: @escaping () -> C) -> () throws -> Void {
            { try self.say(command(), by: .user("agent"), story: order, in: history) }
        }
        let confirm = act {
            ConfirmCompletion(workOrderId: order, signedBy: "Customer", occurredAt: self.occurredAt(history))
        }
        let dispute = act {
            DisputeCompletion(workOrderId: order, reason: "It still leaks", occurredAt: self.occurredAt(history))
        }
        if history[.fieldService].value(OrderBrief.self, order)?.awaiting != nil {
            choices.may(10, dutiful: answers, confirm)
            choices.may(3, dutiful: history.dice.chance(100) ? 4 : 0, dispute)
        }
        for wrong in [confirm, dispute] { choices.mayWrongly(1, wrong) }
        let id = FollowUp.id(of: order)
        guard let followUp = history[.feedback].value(FollowUp.self, id) else { return }
        let answer = act {
            AnswerSurvey(
                surveyId: id, satisfaction: history.dice.number(1..<6), fixed: isDutiful || history.dice.chance(850),
                occurredAt: self.occurredAt(history))
        }
        let call = act {
            CompleteFollowUp(
                followUpId: id, result: .satisfied, fixed: isDutiful || history.dice.chance(900),
                occurredAt: self.occurredAt(history))
        }
        if followUp.status == .scheduled || followUp.status == .due {
            choices.may(8, dutiful: answers, answer)
            choices.may(3, dutiful: answers / 2, call)
        }
        for wrong in [answer, call] { choices.mayWrongly(1, wrong) }
    }
}
