import DomainContracts
import Foundation
import ServiceKit

/// Makes an engineer known, or changes what is known of him; his shifts and absences stay.
struct RegisterAnEngineer: CommandHandler {
    func keys(_ command: RegisterEngineer, _ keys: inout Keys) {
        keys.need(Engineer.self, command.engineerId)
    }

    func decide(_ command: RegisterEngineer, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let refusal = Refusal.invalid(Self.problems(command)) { throw refusal }
        let id = command.engineerId
        let known = turn.get(Engineer.self, id)
        try turn.check(command.expectedVersion, of: Engineer.self, id, "engineer")
        let engineer = Engineer(command, shifts: known?.shifts, absences: known?.absences)
        if engineer != known {
            turn.set(engineer, id)
            turn.emit(engineer.registered(as: id), about: Engineer.self, id)
        }
        return Acknowledgement(subject: Engineer.subject(id), version: turn.version(Engineer.self, id))
    }

    static func problems(_ command: RegisterEngineer) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let texts = [
            ("employeeNumber", command.employeeNumber), ("name", command.name), ("team", command.team),
        ]
        for (member, text) in texts where text.allSatisfy(\.isWhitespace) {
            problems.append(FieldProblem("/data/\(member)", "required", "must not be empty"))
        }
        if command.hourlyRate.amount < 0 {
            problems.append(FieldProblem("/data/hourlyRate/amount", "range", "must not be negative"))
        }
        if command.hourlyRate.currency.count != 3 {
            problems.append(FieldProblem("/data/hourlyRate/currency", "format", "expected an ISO 4217 code"))
        }
        for (index, skill) in command.skills.enumerated() {
            if skill.skill.isEmpty {
                problems.append(FieldProblem("/data/skills/\(index)/skill", "required", "must not be empty"))
            }
            if !(1...5).contains(skill.level) {
                problems.append(FieldProblem("/data/skills/\(index)/level", "range", "expected 1 to 5"))
            }
        }
        for (index, code) in command.regionCodes.enumerated() where code.isEmpty {
            problems.append(FieldProblem("/data/regionCodes/\(index)", "required", "must not be empty"))
        }
        for (member, codes) in [("productLines", command.productLines), ("tools", command.tools)] {
            for (index, code) in (codes ?? []).enumerated() where code.isEmpty {
                problems.append(FieldProblem("/data/\(member)/\(index)", "required", "must not be empty"))
            }
        }
        if let partner = command.partner, partner.allSatisfy(\.isWhitespace) {
            problems.append(FieldProblem("/data/partner", "required", "must not be empty"))
        }
        if let visits = command.visitsPerDay, !(1...50).contains(visits) {
            problems.append(FieldProblem("/data/visitsPerDay", "range", "expected 1 to 50"))
        }
        problems += command.home.map { Self.problems($0, "/data/home") } ?? []
        problems += command.depot.map { Self.problems($0, "/data/depot") } ?? []
        return problems + areaProblems(command.areas ?? [])
    }

    private static func areaProblems(_ areas: [[Coordinates]]) -> [FieldProblem] {
        if areas.count > 20 { return [FieldProblem("/data/areas", "length", "expected at most 20")] }
        return areas.enumerated().flatMap { index, corners in
            let pointer = "/data/areas/\(index)"
            guard (3...200).contains(corners.count) else {
                return [FieldProblem(pointer, "length", "expected 3 to 200 corners")]
            }
            return corners.enumerated().flatMap { problems($1, "\(pointer)/\($0)") }
        }
    }

    private static func problems(_ place: Coordinates, _ pointer: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if !(-90...90).contains(place.latitude) {
            problems.append(FieldProblem("\(pointer)/latitude", "range", "expected -90 to 90"))
        }
        if !(-180...180).contains(place.longitude) {
            problems.append(FieldProblem("\(pointer)/longitude", "range", "expected -180 to 180"))
        }
        return problems
    }
}
