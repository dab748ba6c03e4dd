import DomainContracts
import Foundation

/// Allows or refuses estimates above the limit.
struct Approver: Sendable {
    let world: World

    func decide(_ estimate: EstimatePrepared, _ order: KnownOrder) async throws {
        guard estimate.decision == .approval else { return }
        let visit = world.order(order.id) { $0.visits }
        try await world.wait(minutes: order.fate.number("approval-\(visit)", 5...30))
        let now = world.clock.now()
        // Refused when the order ended meanwhile.
        if order.fate.happens("rejected-\(visit)", world.shares.estimateRejected) {
            _ = try await world.client.perform(
                RejectEstimate(estimateId: estimate.estimateId, reason: "replacement is cheaper", occurredAt: now),
                as: .user("approver"), story: order.id, attempts: 3)
        } else {
            _ = try await world.client.perform(
                ApproveEstimate(estimateId: estimate.estimateId, occurredAt: now), as: .user("approver"),
                story: order.id, attempts: 3)
        }
    }
}
