import DomainContracts
import Foundation
import ServiceKit

/// Our approver allowed it; the customer may still have to be asked.
struct HearApproval: EventHandler {
    func keys(_ event: EstimateApproved, _ keys: inout Keys) { keys.need(Visit.self, event.visitId) }

    func decide(_ event: EstimateApproved, _ turn: inout Turn) -> EventOutcome {
        turn.hear(
            visit: event.visitId, order: event.workOrderId, estimate: event.estimateId,
            EstimateStanding(event.decision), at: event.approvedAt)
    }
}
