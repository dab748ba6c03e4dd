import Dispatching
import DomainContracts
import Foundation
import Postgres
import Testing

@testable import DispatchService
@testable import ServiceKit

/// The day planner on the real database: what it reads, and that what it thinks of is carried out once.
struct DayPlannerTests {
    private let planner = DayPlanner(milliseconds: 200)

    /// One engineer who goes to and fro: to the north, to the south and to the north again, each promised for some time
    /// in the day.
    private func wanderer() async throws -> DatabaseTests.Service {
        let service = try await DatabaseTests.Service()
        try await service.handle([registration(1)])
        try await service.handle([SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly)])
        for (number, north) in [(1000, 0.1), (1001, -0.1), (1002, 0.1)] {
            let place = Coordinates(latitude: 31.23 + north, longitude: 121.47, crs: .wgs84)
            try await service.handle([opened(number, location: place)])
            try await service.step()
            let offer = try #require(try await service.assignments(uuid(number)).first)
            try await service.handle([AcceptAssignment(assignmentId: offer.assignmentId, engineerId: uuid(1))])
            try await service.handle([BookSlot(assignmentId: offer.assignmentId, window: window(1, 9))])
        }
        return service
    }

    /// One round of the worker, as its runner takes it.
    private func round(_ service: DatabaseTests.Service) async throws -> Bool {
        try await planner.prepare(service.pool, now: service.time.now)
        return try await service.step(of: planner)
    }

    private func order(_ service: DatabaseTests.Service) async throws -> [UUID] {
        let rows = try await service.pool.query(
            "SELECT (state->>'workOrderId')::uuid AS id FROM booking WHERE live ORDER BY lower(during)")
        return try rows.map { try $0.get("id") }
    }

    @Test("a day that goes to and fro is put in order, told, counted, and seen on the board")
    func planned() async throws {
        let service = try await wanderer()
        #expect(try await order(service) == [1000, 1001, 1002].map(uuid))
        let before = try await service.events(AssignmentPlanned.wireType)
        #expect(try await round(service))
        let after = try await order(service)
        #expect(after.firstIndex(of: uuid(1001)) != 1 && Set(after) == Set([1000, 1001, 1002].map(uuid)))
        #expect(try await service.events(AssignmentPlanned.wireType) > before)
        let totals = try await service.totals()
        #expect(totals.dayPlans?.plans == 1 && totals.dayPlans?.handedOver == 0 && totals.doubleBookings == 0)
        #expect((totals.dayPlans?.moved ?? 0) > 0 && (totals.dayPlans?.savedMinutes ?? 0) > 30)
        let board = try await service.pool.withConnection {
            try await ShowWorkBoard().answer(WorkBoardQuery(at: hours(0), hours: 9), on: $0)
        }
        #expect(board.engineers.first?.visits.map(\.workOrderId) == after)
        await service.pool.close()
    }

    @Test("a board of more engineers than one answer takes says so, and a branch or a team makes it smaller")
    func largeBoard() async throws {
        let service = try await DatabaseTests.Service()
        let most = WorkBoardAnswer.mostEngineers
        try await service.handle(
            (1...most + 1).map { number in
                var command = registration(number)
                if number == 1 { command.team = "B" }
                return command
            })
        func board(_ query: WorkBoardQuery) async throws -> WorkBoardAnswer {
            try await service.pool.withConnection { try await ShowWorkBoard().answer(query, on: $0) }
        }
        let whole = try await board(WorkBoardQuery(at: monday))
        #expect(whole.engineers.count == most && whole.isCutOff)
        let team = try await board(WorkBoardQuery(at: monday, team: "B"))
        #expect(team.engineers.map(\.engineerId) == [uuid(1)] && !team.isCutOff)
        let himself = try await board(WorkBoardQuery(at: monday, engineerId: uuid(most + 1)))
        #expect(himself.engineers.map(\.engineerId) == [uuid(most + 1)] && !himself.isCutOff)
        await service.pool.close()
    }

    @Test("what was thought of before something else was booked is not carried out")
    func overtaken() async throws {
        let service = try await wanderer()
        try await planner.prepare(service.pool, now: service.time.now)
        try await service.handle([opened(1003)])
        try await service.step()
        let before = try await order(service)
        _ = try await service.pool.transaction { connection in
            var session = WorkSession(
                connection: connection, now: service.time.now, batch: BatchState(service: .dispatch, ids: .v7))
            _ = try await planner.step(&session)
            try await BatchWriter(state: session.batch, now: service.time.now).write([], on: connection)
        }
        #expect(try await order(service) == before)
        #expect(try await service.totals().dayPlans?.plans == 0)
        await service.pool.close()
    }

    @Test("what was thought of before somebody fell ill, or other rules were published, is not carried out")
    func rosterChanged() async throws {
        let service = try await wanderer()
        try await planner.prepare(service.pool, now: service.time.now)
        let before = try await order(service)
        try await service.handle([registration(2)])
        #expect(try await service.step(of: planner) == false)
        #expect(try await order(service) == before)
        #expect(try await service.totals().dayPlans?.plans == 0)
        await service.pool.close()
    }

    @Test("it rests after a plan, and with no time to think it plans nothing")
    func rests() async throws {
        let service = try await wanderer()
        #expect(try await round(service))
        #expect(try await round(service) == false)
        let idle = DayPlanner(milliseconds: 0)
        try await idle.prepare(service.pool, now: service.time.now)
        let hasPlan = try await service.pool.transaction { connection in
            var session = WorkSession(
                connection: connection, now: service.time.now, batch: BatchState(service: .dispatch, ids: .v7))
            return try await idle.step(&session)
        }
        #expect(!hasPlan)
        await service.pool.close()
    }
}
