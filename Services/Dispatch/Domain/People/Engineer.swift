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
    /// Region codes he serves; none means everywhere.
    var regionCodes: [String]
    var home: Coordinates?
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
        home = command.home
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

    func isAway(_ span: Span) -> Bool { absences?.contains { Span($0.window).overlaps(span) } ?? false }

    /// As decisions see him.
    func person(_ id: UUID) -> Person {
        Person(
            id: id, base: base, regionCodes: regionCodes, skills: skills, shifts: duty,
            facts: .object([
                "id": JSONValue(id), "employeeNumber": .string(employeeNumber), "name": .string(name),
                "grade": .string(grade), "branch": .string(branch), "team": .string(team),
                "supervisorId": JSONValue(supervisorId), "hourlyRate": .int(hourlyRate.amount),
                "skills": Facts.skills(skills), "regionCodes": .array(regionCodes.map { .string($0) }),
            ]))
    }

    func registered(as id: UUID) -> EngineerRegistered {
        EngineerRegistered(
            engineerId: id, employeeNumber: employeeNumber, name: name, grade: grade, branch: branch, team: team,
            supervisorId: supervisorId, hourlyRate: hourlyRate, skills: skills, regionCodes: regionCodes)
    }
}
