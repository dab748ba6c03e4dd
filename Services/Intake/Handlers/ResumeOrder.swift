import DomainContracts
import Foundation
import ServiceKit

/// Ends a hold or a wait before its date; on an order that nobody was to visit, sends somebody after all.
struct ResumeOrder: CommandHandler {
    func keys(_ command: ResumeWorkOrder, _ keys: inout Keys) { keys.needWorkOrder(command.workOrderId) }

    func decide(_ command: ResumeWorkOrder, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let errors = command.preferredWindows.enumerated().filter { $0.element.start >= $0.element.end }.map {
            FieldProblem("/data/preferredWindows/\($0.offset)", "empty-window", "must start before it ends")
        }
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let before = try turn.order(command.workOrderId, for: .resume, expectedVersion: command.expectedVersion)
        let occurred = turn.occurred(command.occurredAt, notBefore: before.receivedAt)
        var order = before
        order.resume(at: occurred, windows: command.preferredWindows)
        return turn.acknowledge(
            turn.keep(order, from: before, occurred: occurred, reason: "resumed", note: "resume"))
    }
}
