import Dispatching
import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Offers a job: books the time, starts the lease, tells it. False, and nothing done, when the time is taken or the
    /// job cannot be offered.
    ///
    /// - Parameter former: who had agreed with the customer before: whoever takes it over keeps to that.
    mutating func offer(
        _ workOrderId: UUID, to choice: Decision.Choice, as assignmentId: UUID, keeping former: Assignment? = nil
    ) -> Bool {
        guard var job = get(Job.self, workOrderId), job.need != nil, job.apply(.offered) else { return false }
        let engineerId = choice.engineerId
        let entry = CalendarEntry(
            assignmentId: assignmentId, workOrderId: workOrderId, span: choice.slot.span, place: job.place,
            arrivals: former?.window.map { Arrivals(within: Span($0)) })
        guard book(entry, of: engineerId) else { return false }
        var assignment = Assignment(
            workOrderId: workOrderId, workOrderNumber: job.workOrderNumber, engineerId: engineerId, round: job.round,
            proposedWindow: choice.slot.span.window, offeredAt: now,
            leaseExpiresAt: max(now, Date(timeIntervalSince1970: Double(choice.onDutyAt)))
                .addingTimeInterval(Double(job.leaseSeconds)),
            travelMinutes: choice.slot.travelMinutes, explanation: choice.explanation)
        if let former { assignment.take(over: former) }
        job.activeAssignmentId = assignmentId
        job.impasse = nil
        set(job, workOrderId)
        note("job-offered", about: Job.self, workOrderId)
        set(assignment, assignmentId)
        cancel(RetryDispatch.self, for: workOrderId)
        schedule(OfferLease.self, for: assignmentId, at: assignment.leaseExpiresAt)
        emit(assignment.offered(assignmentId, job), about: Assignment.self, assignmentId, story: workOrderId)
        return true
    }

    /// Holds an engineer's time, or moves what he holds for the assignment. False when it is taken.
    mutating func book(_ entry: CalendarEntry, of engineerId: UUID) -> Bool {
        var calendar = get(EngineerCalendar.self, engineerId) ?? EngineerCalendar()
        guard calendar.book(entry, now: now.epoch) else { return false }
        set(calendar, engineerId)
        set(Booking(entry, of: engineerId), entry.assignmentId)
        return true
    }

    /// Gives back the engineer's time from `moment` on.
    mutating func freeTime(of engineerId: UUID, for assignmentId: UUID, from moment: Date) {
        guard var calendar = get(EngineerCalendar.self, engineerId), calendar.entry(of: assignmentId) != nil else {
            return
        }
        let left = calendar.free(assignmentId, from: moment.epoch)
        set(calendar, engineerId)
        guard var booking = get(Booking.self, assignmentId) else { return }
        if let left {
            booking.endsAtEpoch = left.end
        } else {
            booking.live = false
        }
        set(booking, assignmentId)
    }

    /// Takes a live assignment back, frees its time and tells it. The job is the caller's to change.
    mutating func withdraw(_ assignmentId: UUID, because reason: WithdrawReason) {
        guard var assignment = get(Assignment.self, assignmentId), assignment.apply(.withdraw) else { return }
        assignment.withdrawReason = reason
        assignment.endedAt = now
        set(assignment, assignmentId)
        cancel(OfferLease.self, for: assignmentId)
        cancel(AppointmentDue.self, for: assignmentId)
        freeTime(of: assignment.engineerId, for: assignmentId, from: now)
        emit(
            assignment.withdrawn(assignmentId, reason, at: now), about: Assignment.self, assignmentId,
            story: assignment.workOrderId)
    }

    /// Ends an accepted assignment: its visit is over, or was missed. False when it was not accepted any more.
    @discardableResult
    mutating func end(_ assignmentId: UUID, by event: AssignmentEvent, at moment: Date) -> Bool {
        guard var assignment = get(Assignment.self, assignmentId), assignment.apply(event) else { return false }
        assignment.endedAt = moment
        set(assignment, assignmentId)
        note("assignment-\(assignment.status.rawValue)", about: Assignment.self, assignmentId)
        cancel(AppointmentDue.self, for: assignmentId)
        freeTime(of: assignment.engineerId, for: assignmentId, from: moment)
        return true
    }
}
