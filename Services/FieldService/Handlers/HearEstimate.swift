import DomainContracts
import Foundation
import ServiceKit

/// Billing says what it costs and whose word it needs; nobody's: work goes on.
struct HearEstimate: EventHandler {
    func keys(_ event: EstimatePrepared, _ keys: inout Keys) { keys.need(Visit.self, event.visitId) }

    func decide(_ event: EstimatePrepared, _ turn: inout Turn) -> EventOutcome {
        let outcome = turn.hear(
            visit: event.visitId, order: event.workOrderId, estimate: event.estimateId,
            cause: event.findingId ?? event.partRequestId, preparedAt: event.preparedAt,
            EstimateStanding(event.decision), at: event.preparedAt)
        guard outcome == .applied, let old = event.supersedes else { return outcome }
        // The new one says what the whole order costs: whoever waits for the old one waits for nothing.
        let open = turn.get(OrderBrief.self, event.workOrderId)?.openVisits ?? []
        for id in open.filter({ $0 != event.visitId }) + [event.visitId] where turn.get(Visit.self, id) != nil {
            _ = turn.hear(visit: id, order: event.workOrderId, estimate: old, .settled, at: event.preparedAt)
        }
        return .applied
    }
}
