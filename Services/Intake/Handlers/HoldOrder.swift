import DomainContracts
import Foundation
import ServiceKit

/// Suspends a work order until a date.
struct HoldOrder: CommandHandler {
    func keys(_ command: HoldWorkOrder, _ keys: inout Keys) { keys.needWorkOrder(command.workOrderId) }

    func decide(_ command: HoldWorkOrder, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var errors: [FieldProblem] = []
        if !command.reason.isKnown {
            errors.append(
                FieldProblem(
                    "/data/reason", "unknown-value",
                    "must be one of \(HoldReason.known.map(\.rawValue).joined(separator: ", "))"))
        }
        if command.resumeOn <= turn.now {
            errors.append(FieldProblem("/data/resumeOn", "not-in-future", "must lie in the future"))
        }
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let before = try turn.order(command.workOrderId, for: .hold, expectedVersion: command.expectedVersion)
        let occurred = turn.occurred(command.occurredAt, notBefore: before.receivedAt)
        var order = before
        order.facts.hold = HoldFacts(reason: command.reason, since: occurred, resumeOn: command.resumeOn)
        return turn.acknowledge(
            turn.keep(order, from: before, occurred: occurred, reason: command.reason.rawValue, note: "hold"))
    }
}
