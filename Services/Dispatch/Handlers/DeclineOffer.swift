import DomainContracts
import Foundation
import ServiceKit

/// The engineer does not take the job: his time is free, and somebody else is found.
struct DeclineOffer: CommandHandler {
    func keys(_ command: DeclineAssignment, _ keys: inout Keys) {
        keys.need(Assignment.self, command.assignmentId)
        keys.need(Booking.self, command.assignmentId)
        keys.need(EngineerCalendar.self, command.engineerId)
    }

    func decide(_ command: DeclineAssignment, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let id = command.assignmentId
        guard command.reason.isKnown else {
            let known = DeclineReason.known.map(\.rawValue).joined(separator: ", ")
            throw .invalid("/data/reason", "unknown", "expected one of \(known)")
        }
        var assignment = try turn.offered(id, to: command.engineerId)
        if assignment.status == .declined { return turn.acknowledgement(assignment, id) }
        guard assignment.apply(.decline) else { throw offerIsOver(assignment.status) }
        let moment = turn.occurred(command.occurredAt, notBefore: assignment.offeredAt)
        assignment.declineReason = command.reason
        assignment.declineNote = command.note
        assignment.endedAt = moment
        turn.set(assignment, id)
        turn.cancel(OfferLease.self, for: id)
        turn.loseOffer(assignment, id)
        turn.emit(
            assignment.declined(id, command.reason, at: moment), about: Assignment.self, id,
            story: assignment.workOrderId)
        return turn.acknowledgement(assignment, id)
    }
}

extension Turn {
    /// Frees the time of an offer that came to nothing and opens its job for somebody else.
    mutating func loseOffer(_ assignment: Assignment, _ id: UUID) {
        freeTime(of: assignment, id, from: .distantPast)
        guard var job = get(Job.self, assignment.workOrderId), job.activeAssignmentId == id else { return }
        job.keepPromise(of: assignment)
        job.lose(assignment.engineerId, isUnable: assignment.declineReason == .noSkill, now: now)
        set(job, assignment.workOrderId)
        note("offer-\(assignment.status.rawValue)", about: Job.self, assignment.workOrderId)
    }
}
