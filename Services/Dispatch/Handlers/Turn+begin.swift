import Dispatching
import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// A visit has begun: it is planned no more, and what its engineer is booked for begins then.
    mutating func begin(_ id: UUID, at moment: Date) {
        guard var assignment = get(Assignment.self, id), moment < assignment.arrivedAt ?? .distantFuture else { return }
        if assignment.status == .withdrawn, !takeUpAgain(&assignment, id) { return }
        guard assignment.apply(.begun) else { return }
        assignment.arrivedAt = moment
        set(assignment, id)
        note("visit-begun", about: Assignment.self, id)
        moveBooking(of: assignment, id, to: moment.epoch)
        let end = get(EngineerCalendar.self, assignment.engineerId)?.entry(of: id)?.span.end
        schedule(VisitOverrun.self, for: id, at: end.map { Date(epoch: $0) } ?? moment)
    }

    /// The job was given to somebody else while he was arriving: work wins, and the other one is called off. False where
    /// nobody else is sought for it, or the other one has begun as well.
    private mutating func takeUpAgain(_ assignment: inout Assignment, _ id: UUID) -> Bool {
        let given: [WithdrawReason] = [.reassigned, .engineerAbsent, .engineerExcluded]
        guard let reason = assignment.withdrawReason, given.contains(reason),
            var job = get(Job.self, assignment.workOrderId), job.round == assignment.round
        else { return false }
        if let active = job.activeAssignmentId {
            if get(Assignment.self, active)?.hasBegun ?? false { return false }
            withdraw(active, because: .superseded)
        }
        guard job.apply(.begun) else { return false }
        job.activeAssignmentId = id
        job.lastEngineerId = assignment.engineerId
        job.impasse = nil
        job.keepPromise(of: assignment)
        set(job, assignment.workOrderId)
        note("visit-begun", about: Job.self, assignment.workOrderId)
        cancel(RetryDispatch.self, for: assignment.workOrderId)
        assignment.withdrawReason = nil
        assignment.endedAt = nil
        return true
    }

    /// Moves the time that an engineer and his helpers are booked for to when he came; where others are booked then they
    /// keep theirs.
    private mutating func moveBooking(of assignment: Assignment, _ id: UUID, to moment: Int) {
        let job = get(Job.self, assignment.workOrderId)
        let seconds = 60 * (job?.durationMinutes ?? Job.usualMinutes)
        let calendar = get(EngineerCalendar.self, assignment.engineerId) ?? EngineerCalendar()
        guard let span = calendar.room(from: moment, seconds: seconds, except: id) else { return }
        let entry = CalendarEntry(
            assignmentId: id, workOrderId: assignment.workOrderId, span: span, place: job?.place ?? Place())
        guard book(entry, of: assignment.engineerId) else { return }
        for helper in assignment.helpers ?? [] where isFree(helper, span) {
            _ = book(helper.entry(beside: entry), of: helper.engineerId)
        }
    }
}
