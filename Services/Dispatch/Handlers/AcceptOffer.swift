import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// The engineer takes the job: the booked time stays his.
struct AcceptOffer: CommandHandler {
    func keys(_ command: AcceptAssignment, _ keys: inout Keys) {
        keys.need(Assignment.self, command.assignmentId)
    }

    func decide(_ command: AcceptAssignment, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let id = command.assignmentId
        var assignment = try turn.offered(id, to: command.engineerId)
        if assignment.status == .accepted { return turn.acknowledgement(assignment, id) }
        // Nobody is held to a time that has passed; the lease's own timer gives it to another.
        if assignment.status == .offered, assignment.proposedWindow.end <= turn.now { throw offerIsOver(.expired) }
        guard assignment.apply(.accept) else { throw offerIsOver(assignment.status) }
        let moment = turn.occurred(command.occurredAt, notBefore: assignment.offeredAt)
        assignment.acceptedAt = moment
        turn.set(assignment, id)
        turn.cancel(OfferLease.self, for: id)
        if assignment.window == nil {
            turn.schedule(AppointmentDue.self, for: id, at: assignment.proposedWindow.end)
        }
        if var job = turn.get(Job.self, assignment.workOrderId), job.activeAssignmentId == id, job.apply(.accepted) {
            job.lastEngineerId = assignment.engineerId
            turn.set(job, assignment.workOrderId)
            turn.note("job-accepted", about: Job.self, assignment.workOrderId)
        }
        turn.emit(
            assignment.accepted(id, at: moment), about: Assignment.self, id, story: assignment.workOrderId)
        // What another had agreed on with the customer holds.
        if assignment.window != nil {
            turn.tellBooking(
                &assignment, id, Span(assignment.proposedWindow), rebooked: false, by: .company, at: moment)
        }
        return turn.acknowledgement(assignment, id)
    }
}

extension Turn {
    /// The assignment, if the command speaks for the engineer it was offered to.
    mutating func offered(_ id: UUID, to engineerId: UUID) throws(Refusal) -> Assignment {
        guard let assignment = get(Assignment.self, id) else { throw .notFound("/data/assignmentId", "assignment") }
        let speaksForHimself =
            envelope.authtype != "engineer" || envelope.authid.flatMap { UUID(uuidString: $0) } == engineerId
        guard assignment.engineerId == engineerId, speaksForHimself else {
            throw .forbidden("The job was offered to somebody else", pointer: "/data/engineerId")
        }
        return assignment
    }

    mutating func acknowledgement(_ assignment: Assignment, _ id: UUID) -> Acknowledgement {
        Acknowledgement(
            subject: Assignment.subject(id), version: version(Assignment.self, id), status: assignment.status.rawValue)
    }
}

/// Why an offer can no longer be answered.
func offerIsOver(_ status: AssignmentState) -> Refusal {
    switch status {
    case .expired: .conflict("offer-expired", "The offer was not answered in time")
    case .withdrawn: .conflict("offer-withdrawn", "The job was taken back")
    case .declined: .conflict("offer-declined", "The offer was declined")
    case .offered: .conflict("not-accepted", "The offer has not been accepted")
    case .accepted: .conflict("already-accepted", "The job was accepted")
    case .fulfilled, .noShow: .conflict("assignment-over", "The visit is over")
    }
}
