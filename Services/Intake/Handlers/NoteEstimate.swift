import DomainContracts
import Foundation
import ServiceKit

/// What it will cost, and whose word it needs.
struct NoteEstimate: WorkOrderFactHandler {
    typealias E = EstimatePrepared

    func workOrderId(_ event: EstimatePrepared) -> UUID { event.workOrderId }
    func occurredAt(_ event: EstimatePrepared) -> Date { event.preparedAt }
    func reason(_ event: EstimatePrepared) -> String? { event.decision == .none ? nil : event.decision.rawValue }

    func apply(_ event: EstimatePrepared, to order: inout WorkOrder, _ turn: Turn) {
        if let old = event.supersedes {
            order.facts[estimate: old, of: event.visitId].supersededBy = event.estimateId
        }
        if let misuse = event.misuse, event.preparedAt >= order.facts.misuse?.saidAt ?? .distantPast {
            order.facts.misuse = MisuseFact(isFound: misuse, saidAt: event.preparedAt)
        }
        let known = order.facts[estimate: event.estimateId, of: event.visitId].preparedAt
        // One that is told once more, because nobody need answer it any more, was asked when it was first told.
        order.facts[estimate: event.estimateId, of: event.visitId].preparedAt =
            min(known ?? event.preparedAt, event.preparedAt)
        let sequence = turn.envelope.sequence ?? ""
        guard sequence >= order.facts[estimate: event.estimateId, of: event.visitId].sequence ?? "" else { return }
        order.facts[estimate: event.estimateId, of: event.visitId].decision = event.decision
        order.facts[estimate: event.estimateId, of: event.visitId].sequence = sequence
    }
}
