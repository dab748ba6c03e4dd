import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// The customer agreed to a time with the accepted engineer. Any time that is free will do, inside his shift or not:
/// people agree on evenings too.
struct BookAgreedSlot: CommandHandler {
    var travel = TravelProvider.estimate

    func keys(_ command: BookSlot, _ keys: inout Keys) {
        keys.need(Assignment.self, command.assignmentId)
        keys.need(Booking.self, command.assignmentId)
    }

    func decide(_ command: BookSlot, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard let assignment = turn.get(Assignment.self, command.assignmentId) else {
            throw .notFound("/data/assignmentId", "assignment")
        }
        guard assignment.status == .accepted else { throw offerIsOver(assignment.status) }
        if assignment.window == command.window { return turn.acknowledgement(assignment, command.assignmentId) }
        let span = try checkedSpan(command.window, now: turn.now)
        return try turn.agree(
            command.window, span, on: assignment, command.assignmentId,
            by: turn.envelope.authtype == "customer" ? .customer : .company, occurredAt: command.occurredAt,
            travel: travel.times)
    }
}
