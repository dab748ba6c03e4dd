import Dispatching
import DomainContracts
import FoundationEssentials

/// Somebody who can be sent 工程师.
struct Engineer: Codable, Sendable, Equatable {
    var employeeNumber: String
    var name: String
    var grade: String
    var branch: String
    var team: String
    var supervisorId: UUID?
    /// Cost of an hour of his work.
    var hourlyRate: Money
    var skills: [SkillLevel]
    /// Region codes he serves; none, and no areas, means everywhere.
    var regionCodes: [String]
    /// Polygons he serves besides.
    var areas: [[Coordinates]]?
    var home: Coordinates?
    /// Where he fetches parts that a visit takes and he has not with him; nil: nobody plans that.
    var depot: Coordinates?
    /// Product lines he works on; none means all.
    var productLines: [String]?
    var tools: [String]?
    /// Whose engineer he is; nil for our own.
    var partner: String?
    /// Visits in a shift at most; nil: as many as fit.
    var visitsPerDay: Int?
    /// Nil until the first `set-shift`: without shifts nobody is offered anything.
    var shifts: ShiftPattern?
    /// By start; nil as none.
    var absences: [Absence]?

    init(_ command: RegisterEngineer, shifts: ShiftPattern? = nil, absences: [Absence]? = nil) {
        employeeNumber = command.employeeNumber
        name = command.name
        grade = command.grade
        branch = command.branch
        team = command.team
        supervisorId = command.supervisorId
        hourlyRate = command.hourlyRate
        skills = command.skills
        regionCodes = command.regionCodes
        areas = command.areas
        home = command.home
        depot = command.depot
        productLines = command.productLines
        tools = command.tools
        partner = command.partner
        visitsPerDay = command.visitsPerDay
        self.shifts = shifts
        self.absences = absences
    }

    /// When he works: his shifts without his absences.
    var duty: ShiftPattern? {
        var duty = shifts
        duty?.absences = absences?.map { Span($0.window) } ?? []
        return duty
    }

    /// Where a day of his begins.
    var base: Place { Place(home, region: regionCodes.first) }

    private var depotPlace: Place? { depot.map { Place($0, region: nil) } }

    func isAway(_ span: Span) -> Bool { absences?.contains { Span($0.window).overlaps(span) } ?? false }

    /// When the first of these skills of his ends, seconds since 1970; `.max`: never.
    func end(of required: [SkillLevel]) -> Int {
        let own = skills.filter { skill in required.contains { $0.skill == skill.skill && $0.level <= skill.level } }
        // Of one that he has twice the one that lasts longer counts.
        return Dictionary(grouping: own, by: \.skill).values
            .map { $0.map { $0.validUntil?.epoch ?? .max }.max() ?? .max }.min() ?? .max
    }

    /// His shifts in a time, and what he is booked for there.
    func timeline(in range: Span, stops: [Timeline.Stop]) -> Timeline {
        let duty = duty
        let shifts = duty?.spans(in: range) ?? []
        return Timeline(
            base: TravelPoint(base), shifts: shifts, latestEnds: duty?.latestEnds(of: shifts) ?? [],
            breaks: duty?.breaks(in: range) ?? [], days: visitsPerDay == nil ? [] : duty?.days(in: range) ?? [],
            visitsPerDay: visitsPerDay ?? .max, stops: stops, depot: depotPlace.map { TravelPoint($0) })
    }

    /// As decisions see him on a day: what he could do until yesterday is no fact any more.
    func person(_ id: UUID, at moment: Date) -> Person {
        Person(
            id: id, base: base, regionCodes: regionCodes, areas: (areas ?? []).map { Area($0) }, skills: skills,
            shifts: duty, visitsPerDay: visitsPerDay, depot: depotPlace,
            facts: .object([
                "id": JSONValue(id), "employeeNumber": .string(employeeNumber), "name": .string(name),
                "grade": .string(grade), "branch": .string(branch), "team": .string(team),
                "supervisorId": JSONValue(supervisorId), "hourlyRate": .int(hourlyRate.amount),
                "skills": Facts.skills(skills.filter { $0.isValid(at: moment) }),
                "regionCodes": .array(regionCodes.map { .string($0) }),
                "productLines": .array((productLines ?? []).map { .string($0) }),
                "tools": .array((tools ?? []).map { .string($0) }), "partner": JSONValue(partner),
            ]))
    }

    func registered(as id: UUID) -> EngineerRegistered {
        EngineerRegistered(
            engineerId: id, employeeNumber: employeeNumber, name: name, grade: grade, branch: branch, team: team,
            supervisorId: supervisorId, hourlyRate: hourlyRate, skills: skills, regionCodes: regionCodes)
    }
}
