import DomainContracts
import Foundation
import ServiceKit

/// Our approver refused it.
struct HearRejection: EventHandler {
    func keys(_ event: EstimateRejected, _ keys: inout Keys) { keys.need(Visit.self, event.visitId) }

    func decide(_ event: EstimateRejected, _ turn: inout Turn) -> EventOutcome {
        turn.hear(
            visit: event.visitId, order: event.workOrderId, estimate: event.estimateId, .refused,
            refusal: EstimateRefusal(outcome: .cannotComplete, reason: event.reason, at: event.rejectedAt),
            at: event.rejectedAt)
    }
}
