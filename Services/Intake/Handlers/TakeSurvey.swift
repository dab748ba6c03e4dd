import DomainContracts
import Foundation
import ServiceKit

/// The customer answered the survey: the order closes, and opens a rework order if what was repaired is not.
struct TakeSurvey: EventHandler {
    func keys(_ event: SurveyAnswered, _ keys: inout Keys) { keys.needWorkOrder(event.workOrderId) }

    func decide(_ event: SurveyAnswered, _ turn: inout Turn) -> EventOutcome {
        turn.takeAnswer(
            FollowUpFacts(code: .survey, at: event.answeredAt, fixed: event.fixed), on: event.workOrderId,
            note: SurveyAnswered.wireName)
    }
}
