import DomainContracts
import Foundation
import ServiceKit

/// Billing says what it costs and whose word it needs; nobody's: work goes on.
struct HearEstimate: EventHandler {
    func keys(_ event: EstimatePrepared, _ keys: inout Keys) { keys.need(Visit.self, event.visitId) }

    func decide(_ event: EstimatePrepared, _ turn: inout Turn) -> EventOutcome {
        turn.hear(
            visit: event.visitId, order: event.workOrderId, estimate: event.estimateId,
            cause: event.findingId ?? event.partRequestId, EstimateStanding(event.decision), at: event.preparedAt)
    }
}
