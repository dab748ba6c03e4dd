import DomainContracts
import Foundation

@testable import Feedback
@testable import FieldService
@testable import ServiceKit

/// The customer after the work.
extension OutsideWorld {
    func customerChoices(_ order: UUID, _ choices: inout Choices, _ history: History) {
        let isDutiful = choices.isDutiful
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
            choices.may(10, dutiful: 10, confirm)
            choices.may(3, dispute)
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
            choices.may(8, dutiful: 8, answer)
            choices.may(3, dutiful: 3, call)
        }
        for wrong in [answer, call] { choices.mayWrongly(1, wrong) }
    }
}
