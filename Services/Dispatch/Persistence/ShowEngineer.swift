import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows one engineer, as he would be registered again.
struct ShowEngineer: QueryHandler {
    func answer(_ query: EngineerQuery, on connection: PostgresConnection) async throws -> EngineerAnswer {
        let id = query.engineerId
        let rows = try await connection.query("SELECT version, state FROM engineer WHERE id = \(id)")
        guard let row = rows.first else { return EngineerAnswer(found: false) }
        let engineer = try row.get("state", as: JSONB.self).decode(Engineer.self, decoder: WireJSON.decoder())
        return EngineerAnswer(
            found: true, version: try row.get("version"), engineer: engineer.registration(as: id),
            shifts: engineer.shifts.map {
                SetShift(
                    engineerId: id, utcOffsetMinutes: $0.utcOffsetMinutes, weekly: $0.weekly, calendar: $0.calendar,
                    zone: $0.zone, overtimeMinutes: $0.overtimeMinutes)
            }, absences: engineer.absences ?? [])
    }
}

extension Engineer {
    fileprivate func registration(as id: UUID) -> RegisterEngineer {
        RegisterEngineer(
            engineerId: id, employeeNumber: employeeNumber, name: name, grade: grade, branch: branch, team: team,
            supervisorId: supervisorId, hourlyRate: hourlyRate, skills: skills, regionCodes: regionCodes, areas: areas,
            home: home, depot: depot, productLines: productLines, tools: tools, partner: partner,
            visitsPerDay: visitsPerDay)
    }
}
