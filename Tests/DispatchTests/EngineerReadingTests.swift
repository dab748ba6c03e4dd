import DomainContracts
import Foundation
import Testing

@testable import DispatchService

@Suite("Reading an engineer")
struct EngineerReadingTests {
    @Test("he is shown as he was registered, with his shifts and absences, and the one version of all three")
    func shown() async throws {
        let service = try await DatabaseTests.Service()
        let id = uuid(1)
        func read(_ id: UUID) async throws -> EngineerAnswer {
            try await service.pool.withConnection {
                try await ShowEngineer().answer(EngineerQuery(engineerId: id), on: $0)
            }
        }
        try await service.handle([
            registration(1),
            BusinessCalendarChanged(
                name: "working_hours", calendarVersion: 3, zone: "Asia/Shanghai", exceptions: [], changedAt: monday),
        ])
        #expect(try await read(id) == EngineerAnswer(found: true, version: 1, engineer: registration(1)))
        let shifts = SetShift(
            engineerId: id, utcOffsetMinutes: 480,
            weekly: [WeekdayShift(weekday: 1, startMinute: 540, endMinute: 1080)], calendar: "working_hours",
            overtimeMinutes: 90)
        let leave = SetLeave(engineerId: id, absences: [Absence(window: window(0, 48), kind: .sick)])
        try await service.handle([shifts, leave])
        let shown = try await read(id)
        #expect(shown.version == 3 && shown.engineer == registration(1))
        #expect(shown.shifts == shifts && shown.absences == leave.absences)
        #expect(try await read(UUID()) == EngineerAnswer(found: false))
        await service.pool.close()
    }
}
