import Dispatching
import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Room for a visit by shifts, breaks, ways and the ends of skills of all who go; where there is none, of the engineer
    /// alone.
    mutating func roomOnDuty(
        for assignment: Assignment, _ id: UUID, _ job: Job, _ arrivals: Arrivals, by travel: TravelTimes
    ) -> Span? {
        guard let engineer = get(Engineer.self, assignment.engineerId),
            let request = job.request(assignment.workOrderId, now: now.epoch)
        else { return nil }
        let day = 86_400
        let range = Span(start: arrivals.earliest - day, end: arrivals.latest + day)
        let own = get(EngineerCalendar.self, assignment.engineerId) ?? EngineerCalendar()
        let timeline = engineer.timeline(in: range, stops: own.stops(except: id))
        let end = engineer.end(of: job.need?.requiredSkills ?? [])
        let others = (assignment.helpers ?? []).compactMap { helper -> Timeline? in
            let calendar = get(EngineerCalendar.self, helper.engineerId) ?? EngineerCalendar()
            return get(Engineer.self, helper.engineerId)?
                .timeline(in: range, stops: calendar.stops(except: helper.bookingId))
        }
        let (now, isAlone) = (now.epoch, others.isEmpty)
        let together = timeline.first(for: request, arrivals, until: end, beside: others, now: now, travel: travel)
        if isAlone || together != nil { return together?.span }
        return timeline.first(for: request, arrivals, until: end, now: now, travel: travel)?.span
    }

    /// Room for a visit that suits all who go; where none does, room that suits the engineer alone.
    mutating func room(
        for assignment: Assignment, _ id: UUID, seconds: Int, at place: Place, _ arrivals: Arrivals,
        by travel: TravelTimes
    ) -> Span? {
        let own = get(EngineerCalendar.self, assignment.engineerId) ?? EngineerCalendar()
        let helpers = (assignment.helpers ?? []).map {
            (calendar: get(EngineerCalendar.self, $0.engineerId) ?? EngineerCalendar(), except: $0.bookingId)
        }
        if !helpers.isEmpty {
            let all = EngineerCalendar.together([(own, id)] + helpers)
            if let span = all.room(for: seconds, at: place, arrivals, by: travel) { return span }
        }
        return own.room(for: seconds, at: place, arrivals, except: id, by: travel)
    }

    /// Moves the helpers' time with the engineer's. True when one of them has none then, or is away: another is looked for.
    mutating func moveHelpers(of assignment: inout Assignment, to entry: CalendarEntry) -> Bool {
        var hasLost = false
        for helper in assignment.helpers ?? [] {
            let isAway = get(Engineer.self, helper.engineerId)?.isAway(entry.span) ?? false
            if !isAway, book(helper.entry(beside: entry), of: helper.engineerId) { continue }
            letGo(helper, of: &assignment)
            hasLost = true
        }
        return hasLost
    }

    /// Takes an absent helper off a visit; false when there is nothing to take him off.
    mutating func excuse(_ engineerId: UUID, from assignmentId: UUID) -> Bool {
        guard var assignment = get(Assignment.self, assignmentId), assignment.status.isLive, !assignment.hasBegun,
            let helper = assignment.helpers?.first(where: { $0.engineerId == engineerId }),
            let booked = get(Booking.self, assignmentId)
        else { return false }
        letGo(helper, of: &assignment)
        set(assignment, assignmentId)
        tellCrew(assignment, assignmentId, booked: booked.span)
        return true
    }

    /// Tells who goes with the engineer now; the assignment is stored. Who has yet to accept tells it when he does.
    mutating func tellCrew(_ assignment: Assignment, _ id: UUID, booked: Span) {
        guard assignment.status == .accepted else { return note("crew-changed", about: Assignment.self, id) }
        emit(
            assignment.crewChanged(id, booked: booked.window, at: now), about: Assignment.self, id,
            story: assignment.workOrderId)
    }

    private mutating func letGo(_ helper: AssignmentHelper, of assignment: inout Assignment) {
        freeTime(of: helper.engineerId, for: helper.bookingId, from: now)
        assignment.lose(helper)
    }
}
