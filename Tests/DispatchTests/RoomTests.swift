import Dispatching
import DomainContracts
import Foundation
import Testing

@testable import DispatchService
@testable import ServiceKit

/// Others make room for what nobody could begin in time otherwise, on the real database.
struct RoomTests {
    /// Engineers on day shifts; the first has accepted a visit that is promised for a window.
    private func service(
        engineers: [[SkillLevel]], promised: TimeWindow, minutes: Int = 60
    ) async throws -> DatabaseTests.Service {
        let service = try await DatabaseTests.Service()
        for (number, skills) in zip(1..., engineers) {
            try await service.handle([registration(number, skills: skills)])
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        try await service.handle([opened(1000, need: need(preferred: 1, minutes: minutes))])
        try await service.step()
        let offer = try #require(try await service.assignments(uuid(1000)).first)
        #expect(offer.engineerId == uuid(1))
        try await service.handle([AcceptAssignment(assignmentId: offer.assignmentId, engineerId: uuid(1))])
        try await service.handle([BookSlot(assignmentId: offer.assignmentId, window: promised)])
        return service
    }

    private static func skill(_ level: Int) -> [SkillLevel] { [SkillLevel(skill: "aircon", level: level)] }

    /// When work orders' engineers are booked.
    private func booked(_ number: Int, _ service: DatabaseTests.Service) async throws -> [Int] {
        let rows = try await service.pool.query(
            """
            SELECT lower(during) AS at FROM booking
            WHERE live AND (state->>'workOrderId')::uuid = \(uuid(number)) ORDER BY 1
            """)
        return try rows.map { try $0.get("at") }
    }

    @Test("what is urgent is there in time: a visit begins later within its window, and its engineer is told")
    func moved() async throws {
        let service = try await service(engineers: [Self.skill(3)], promised: window(1, 5))
        let told = try await service.events(AssignmentPlanned.wireType)
        try await service.handle([opened(1001, need: need(due: hours(1)), priority: .p1)])
        #expect(try await service.step())
        let offer = try #require(try await service.assignments(uuid(1001)).first)
        #expect(offer.window?.start == hours(0.25) && offer.explanation.visitsMoved == 1)
        #expect(try await booked(1000, service) == [hours(1.25).epoch])
        #expect(try await service.events(AssignmentPlanned.wireType) == told + 1)
        // That is no plan for the day.
        #expect(try await service.totals().dayPlans?.plans == 0)
        #expect(try await service.totals().doubleBookings == 0)
        await service.pool.close()
    }

    @Test("where that does not help, a visit is handed over within its window, and both offers say why")
    func handedOver() async throws {
        let service = try await service(engineers: [Self.skill(3), Self.skill(2)], promised: window(1, 1.5))
        try await service.handle([opened(1001, need: need(skill: 3, minutes: 120, due: hours(1)), priority: .p1)])
        #expect(try await service.step())
        let urgent = try #require(try await service.assignments(uuid(1001)).first)
        #expect(urgent.engineerId == uuid(1) && urgent.explanation.visitsMoved == 1)
        let handed = try #require(
            try await service.assignments(uuid(1000)).first { $0.status == .offered })
        #expect(handed.engineerId == uuid(2) && handed.explanation.madeRoomFor == "WO-20261116-1001")
        #expect(Span(window(1, 1.5)).contains(try await booked(1000, service).first ?? 0))
        let decisions = try await service.pool.withConnection {
            try await ShowDecisions().answer(DecisionsQuery(workOrderId: uuid(1001)), on: $0)
        }
        #expect(decisions.decisions.first?.visitsMoved == 1)
        await service.pool.close()
    }

    @Test("a promise that its engineer can no longer keep is kept by one who makes room for it")
    func promise() async throws {
        let service = try await service(engineers: [Self.skill(3), Self.skill(2)], promised: window(4, 6))
        // The second is booked for the very time, and could begin two hours later.
        try await service.handle([opened(1001, need: need(preferred: 2, minutes: 120))])
        try await service.step()
        let other = try #require(try await service.assignments(uuid(1001)).first)
        #expect(other.engineerId == uuid(2))
        try await service.handle([AcceptAssignment(assignmentId: other.assignmentId, engineerId: uuid(2))])
        try await service.handle([BookSlot(assignmentId: other.assignmentId, window: window(4.25, 8))])
        try await service.handle([
            SetLeave(engineerId: uuid(1), absences: [Absence(window: window(0, 48), kind: .sick)])
        ])
        try await service.step()
        let next = try #require(try await service.assignments(uuid(1000)).first { $0.status == .offered })
        #expect(next.engineerId == uuid(2))
        #expect(Span(window(4, 6)).contains(try await booked(1000, service).first ?? 0))
        await service.pool.close()
    }

    @Test("where nobody can make room, it is offered for the first time that there is, and nothing else changes")
    func noRoom() async throws {
        let service = try await service(engineers: [Self.skill(3)], promised: window(1, 1.25))
        try await service.handle([opened(1001, need: need(due: hours(1)), priority: .p1)])
        #expect(try await service.step())
        let offer = try #require(try await service.assignments(uuid(1001)).first)
        #expect(offer.window?.start == hours(2) && offer.explanation.visitsMoved == nil)
        #expect(try await booked(1000, service) == [hours(1).epoch])
        await service.pool.close()
    }

    @Test("what is not urgent waits its turn: nobody makes room for it")
    func notUrgent() async throws {
        let service = try await service(engineers: [Self.skill(3)], promised: window(1, 5))
        try await service.handle([opened(1001, need: need(due: hours(1.5)), priority: .p2)])
        try await service.step()
        #expect(try await booked(1000, service) == [hours(1).epoch])
        await service.pool.close()
    }
}
