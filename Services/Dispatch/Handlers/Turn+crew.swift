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
            .fetching(partsInVan(of: assignment.engineerId, for: job)?.missing(assignment.engineerId) ?? 0)
        let end = engineer.end(of: job.need?.requiredSkills ?? [])
        let others = helperTimelines(of: assignment, in: range)
        let (now, isAlone) = (now.epoch, others.isEmpty)
        let together = timeline.first(
            for: request, arrivals, until: min(end, helpersEnd(of: assignment)), beside: others, now: now,
            travel: travel)
        if isAlone || together != nil { return together?.span }
        return timeline.first(for: request, arrivals, until: end, now: now, travel: travel)?.span
    }

    /// Shifts of those who help with a visit, and what they are booked for besides.
    mutating func helperTimelines(of assignment: Assignment, in range: Span) -> [Timeline] {
        (assignment.helpers ?? []).compactMap { helper in
            let calendar = get(EngineerCalendar.self, helper.engineerId) ?? EngineerCalendar()
            return get(Engineer.self, helper.engineerId)?
                .timeline(in: range, stops: calendar.stops(except: helper.bookingId))
        }
    }

    /// Until when all who help with a visit may do it, by the ends of their skills; `.max`: for ever.
    mutating func helpersEnd(of assignment: Assignment) -> Int {
        let skills = helperSkills(of: assignment)
        return (assignment.helpers ?? []).reduce(.max) { min($0, end(of: $1, in: assignment, skills)) }
    }

    /// What the crew rule asks of those who help with a visit; nothing where nobody does, or nobody can read the rules.
    private mutating func helperSkills(of assignment: Assignment) -> [SkillLevel] {
        let id = assignment.workOrderId
        guard !(assignment.helpers ?? []).isEmpty, let rules = try? rulesInForce(),
            let request = get(Job.self, id)?.request(id, now: now.epoch)
        else { return [] }
        return rules.helperSkills(for: request)
    }

    /// A dispatcher's word on who helps stands, whatever the rules ask for.
    private mutating func end(of helper: AssignmentHelper, in assignment: Assignment, _ skills: [SkillLevel]) -> Int {
        guard assignment.isByTheRules(helper.engineerId) else { return .max }
        return get(Engineer.self, helper.engineerId)?.end(of: skills) ?? .max
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

    /// Moves the helpers' time with the engineer's. True when one of them has none then, is away or may not do it any
    /// more: another is looked for.
    mutating func moveHelpers(of assignment: inout Assignment, to entry: CalendarEntry) -> Bool {
        var hasLost = false
        let skills = helperSkills(of: assignment)
        for helper in assignment.helpers ?? [] {
            let isAway = get(Engineer.self, helper.engineerId)?.isAway(entry.span) ?? false
            let may = !isAway && entry.span.end <= end(of: helper, in: assignment, skills)
            if may, book(helper.entry(beside: entry), of: helper.engineerId) { continue }
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
