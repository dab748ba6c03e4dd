import Dispatching
import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Offers a job: books the time, starts the lease, tells it. False, and nothing done, when the time is taken or the
    /// job cannot be offered. What was agreed with the customer goes with it, or where the time is another one is broken.
    mutating func offer(_ workOrderId: UUID, to choice: Decision.Choice, as assignmentId: UUID) -> Bool {
        guard var job = get(Job.self, workOrderId), job.need != nil, job.apply(.offered) else { return false }
        let engineerId = choice.engineerId
        let helpers = choice.helpers.map { AssignmentHelper($0.engineerId, for: assignmentId) }
        let promised = job.agreedWindow
        let kept = promised.flatMap { Span($0).contains(choice.slot.span.start) ? $0 : nil }
        let entry = CalendarEntry(
            assignmentId: assignmentId, workOrderId: workOrderId, span: choice.slot.span, place: job.place,
            arrivals: kept.map { Arrivals(within: Span($0)) }, fetches: choice.slot.fetches ? true : nil)
        guard book(entry, of: engineerId, with: helpers) else { return false }
        var assignment = Assignment(
            workOrderId: workOrderId, workOrderNumber: job.workOrderNumber, engineerId: engineerId, round: job.round,
            proposedWindow: choice.slot.span.window, offeredAt: now,
            leaseExpiresAt: leaseEnd(of: job, choice),
            travelMinutes: choice.slot.travelMinutes, explanation: choice.explanation)
        assignment.window = kept
        assignment.originalWindow = job.originalWindow
        assignment.helpersMissing = choice.explanation.crew?.wanted
        assignment.take(helpers)
        job.activeAssignmentId = assignmentId
        job.impasse = nil
        if kept == nil { job.breakPromise() }
        set(job, workOrderId)
        note("job-offered", about: Job.self, workOrderId)
        set(assignment, assignmentId)
        cancel(RetryDispatch.self, for: workOrderId)
        schedule(OfferLease.self, for: assignmentId, at: assignment.leaseExpiresAt)
        emit(assignment.offered(assignmentId, job), about: Assignment.self, assignmentId, story: workOrderId)
        if kept == nil, let promised { tellBroken(promised, of: workOrderId, job.workOrderNumber, engineerId) }
        return true
    }

    /// Nobody may ponder so long that another could not be found in time; but some time everybody has.
    private func leaseEnd(of job: Job, _ choice: Decision.Choice) -> Date {
        let onDuty = max(now, Date(epoch: choice.onDutyAt))
        let latest = min(
            onDuty.addingTimeInterval(Double(job.leaseSeconds)),
            Date(epoch: choice.slot.span.start - Self.timeToFindAnother))
        return max(latest, onDuty.addingTimeInterval(Double(Self.timeToAnswer)))
    }

    private static let timeToFindAnother = 30 * 60
    private static let timeToAnswer = 10 * 60

    /// What was agreed with the customer cannot be kept: the supervisor is told, and by feedback the customer.
    mutating func tellBroken(_ promised: TimeWindow, of workOrderId: UUID, _ number: String, _ engineerId: UUID?) {
        escalate(
            workOrderId, number, engineerId: engineerId,
            CodedReason(
                code: Escalation.promiseBroken,
                parameters: [
                    "windowStart": RFC3339.format(promised.start), "windowEnd": RFC3339.format(promised.end),
                ]))
    }

    /// Holds the time of all who go together, or nobody's where one's is taken.
    mutating func book(_ entry: CalendarEntry, of engineerId: UUID, with helpers: [AssignmentHelper]) -> Bool {
        guard helpers.allSatisfy({ isFree($0, entry.span) }), book(entry, of: engineerId) else { return false }
        for helper in helpers { _ = book(helper.entry(beside: entry), of: helper.engineerId) }
        return true
    }

    /// Whether a helper has time, what he is booked for here apart.
    mutating func isFree(_ helper: AssignmentHelper, _ span: Span) -> Bool {
        (get(EngineerCalendar.self, helper.engineerId) ?? EngineerCalendar()).isFree(span, except: helper.bookingId)
    }

    /// Holds an engineer's time, or moves what he holds for the assignment. False when it is taken.
    mutating func book(_ entry: CalendarEntry, of engineerId: UUID) -> Bool {
        var calendar = get(EngineerCalendar.self, engineerId) ?? EngineerCalendar()
        guard calendar.book(entry, now: now.epoch) else { return false }
        set(calendar, engineerId)
        set(Booking(entry, of: engineerId), entry.assignmentId)
        return true
    }

    /// Gives back the time of all who were to go, from `moment` on.
    mutating func freeTime(of assignment: Assignment, _ id: UUID, from moment: Date) {
        freeTime(of: assignment.engineerId, for: id, from: moment)
        for helper in assignment.helpers ?? [] {
            freeTime(of: helper.engineerId, for: helper.bookingId, from: moment)
        }
    }

    /// Gives back one engineer's time from `moment` on.
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
        cancel(VisitOverrun.self, for: assignmentId)
        freeTime(of: assignment, assignmentId, from: now)
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
        cancel(VisitOverrun.self, for: assignmentId)
        freeTime(of: assignment, assignmentId, from: moment)
        return true
    }
}
