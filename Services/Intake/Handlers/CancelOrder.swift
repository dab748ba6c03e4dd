import DomainContracts
import Foundation
import ServiceKit

/// Ends a work order before work was done. Once a check-in is known it is too late.
struct CancelOrder: CommandHandler {
    let links: CustomerLinks

    func keys(_ command: CancelWorkOrder, _ keys: inout Keys) { keys.needWorkOrder(command.workOrderId) }

    func decide(_ command: CancelWorkOrder, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard command.reason.isKnown else {
            throw .invalid(
                "/data/reason", "unknown-value",
                "must be one of \(CancelReason.known.map(\.rawValue).joined(separator: ", "))")
        }
        guard let known = turn.get(WorkOrder.self, command.workOrderId) else {
            throw .notFound("/data/workOrderId", "work order")
        }
        try links.check(
            turn, token: command.token, channelUserId: command.channelUserId, purpose: "cancel", order: known)
        let before = try turn.order(command.workOrderId, for: .cancel, expectedVersion: command.expectedVersion)
        // Before no visit that has ended: billing tells by the times whether work went on after the cancellation.
        let ended = before.facts.trips.compactMap { $0.end?.at }.max()
        let occurred = turn.occurred(
            command.occurredAt, notBefore: max(before.receivedAt, ended ?? before.receivedAt))
        var order = before
        order.facts.cancellation = Cancellation(at: occurred, reason: command.reason)
        return turn.acknowledge(
            turn.keep(order, from: before, occurred: occurred, reason: command.reason.rawValue, note: "cancel"))
    }
}
