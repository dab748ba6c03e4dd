import DomainContracts
import Foundation
import ServiceKit

/// The fault was settled without a visit.
struct ResolveOrderRemotely: CommandHandler {
    /// A week of work is no remote resolution.
    private static let longest = 7 * 24 * 60

    func keys(_ command: ResolveRemotely, _ keys: inout Keys) { keys.needWorkOrder(command.workOrderId) }

    func decide(_ command: ResolveRemotely, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var errors: [FieldProblem] = []
        let remedy = command.remedy.trimmed
        if remedy.isEmpty { errors.append(FieldProblem("/data/remedy", "required", "must say what was done")) }
        if remedy.count > CheckedReport.problemLimit {
            errors.append(
                FieldProblem("/data/remedy", "too-long", "has more than \(CheckedReport.problemLimit) characters"))
        }
        if remedy.hasControlCharacters {
            errors.append(FieldProblem("/data/remedy", "control-character", "holds control characters"))
        }
        if !(0...Self.longest).contains(command.minutes) {
            errors.append(FieldProblem("/data/minutes", "out-of-range", "must lie between 0 and \(Self.longest)"))
        }
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let before = try turn.order(
            command.workOrderId, for: .resolveRemotely, expectedVersion: command.expectedVersion)
        let occurred = turn.occurred(command.occurredAt, notBefore: before.receivedAt)
        var order = before
        order.facts.hold = nil
        order.facts.remoteResolution = RemoteResolution(
            at: occurred, remedy: remedy, minutes: command.minutes, round: order.facts.round)
        return turn.acknowledge(
            turn.keep(order, from: before, occurred: occurred, reason: "resolved_remotely", note: "resolve-remotely"))
    }
}
