import DomainContracts
import Foundation
import ServiceKit

/// A dispatcher's own word on whether plans may touch a visit: pinned it stays when it is, with whom it is; unpinned it is
/// free again, also where a person chose who goes.
struct PinAVisit: CommandHandler {
    func keys(_ command: PinVisit, _ keys: inout Keys) {
        keys.need(Assignment.self, command.assignmentId)
    }

    func decide(_ command: PinVisit, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let id = command.assignmentId
        guard var assignment = turn.get(Assignment.self, id) else {
            throw .notFound("/data/assignmentId", "assignment")
        }
        try turn.check(command.expectedVersion, of: Assignment.self, id, "assignment")
        guard assignment.status.isLive else { throw offerIsOver(assignment.status) }
        if assignment.hasBegun { throw .visitBegun }
        if assignment.isPinned != command.pinned {
            assignment.isPinned = command.pinned
            turn.set(assignment, id)
            turn.note(command.pinned ? "visit-pinned" : "visit-unpinned", about: Assignment.self, id)
        }
        return turn.acknowledgement(assignment, id)
    }
}
