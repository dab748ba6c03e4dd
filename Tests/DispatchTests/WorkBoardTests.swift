import DomainContracts
import Foundation
import Testing

@testable import DispatchService

/// What the work board shows of the real database besides who goes when.
struct WorkBoardTests {
    /// An engineer who accepted these orders, agreed on for some windows.
    private func service(
        _ orders: [(number: Int, location: Coordinates, window: TimeWindow)]
    ) async throws -> DatabaseTests.Service {
        let service = try await DatabaseTests.Service()
        try await service.handle([registration(1)])
        try await service.handle([SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly)])
        for order in orders {
            try await service.handle([opened(order.number, location: order.location)])
            try await service.step()
            let offer = try #require(try await service.assignments(uuid(order.number)).first)
            try await service.handle([AcceptAssignment(assignmentId: offer.assignmentId, engineerId: uuid(1))])
            try await service.handle([BookSlot(assignmentId: offer.assignmentId, window: order.window)])
        }
        return service
    }

    private func row(_ service: DatabaseTests.Service) async throws -> WorkBoardRow {
        let board = try await service.pool.withConnection {
            try await ShowWorkBoard().answer(WorkBoardQuery(at: service.time.now), on: $0)
        }
        return try #require(board.engineers.first)
    }

    private func atRisk(_ row: WorkBoardRow) -> [UUID] {
        row.visits.filter { $0.promiseAtRisk == true }.map(\.workOrderId)
    }

    @Test("a visit that will be late by what was promised is marked and counted, until another time is agreed on")
    func promiseAtRisk() async throws {
        let far = Coordinates(latitude: 31.83, longitude: 121.47, crs: .wgs84)
        // Nobody is there a quarter of an hour after he was sixty kilometres away.
        let service = try await service([(1000, shanghai, window(1, 2)), (1001, far, window(2, 2.5))])
        #expect(try await row(service).promisesAtRisk == 0)
        let planner = DayPlanner(milliseconds: 50)
        try await planner.prepare(service.pool, now: service.time.now)
        try await service.step(of: planner)
        let late = try await row(service)
        #expect(late.promisesAtRisk == 1 && atRisk(late) == [uuid(1001)])
        let id = try #require(late.visits.last?.assignmentId)
        try await service.handle([BookSlot(assignmentId: id, window: window(5, 7))])
        let moved = try await row(service)
        #expect(moved.promisesAtRisk == 0 && atRisk(moved) == [])
        await service.pool.close()
    }

    @Test("pins are shown, with the version to change them by; a pinned day is not planned, unpinned it is")
    func pins() async throws {
        let north = Coordinates(latitude: 31.33, longitude: 121.47, crs: .wgs84)
        let south = Coordinates(latitude: 31.13, longitude: 121.47, crs: .wgs84)
        let service = try await service([
            (1000, north, window(1, 9)), (1001, south, window(1, 9)), (1002, north, window(1, 9)),
        ])
        func pin(_ pinned: Bool) async throws {
            for number in 1000...1002 {
                let known = try #require(try await service.assignments(uuid(number)).first)
                #expect(known.pinned == !pinned)
                try await service.handle([
                    PinVisit(assignmentId: known.assignmentId, pinned: pinned, expectedVersion: known.version)
                ])
            }
            #expect(try await row(service).visits.map(\.pinned) == Array(repeating: pinned, count: 3))
        }
        func plans() async throws -> Bool {
            let planner = DayPlanner(milliseconds: 200)
            try await planner.prepare(service.pool, now: service.time.now)
            return try await service.step(of: planner)
        }
        try await pin(true)
        #expect(try await plans() == false)
        try await pin(false)
        #expect(try await plans())
        await service.pool.close()
    }

    @Test("a visit says what its engineer has yet to fetch for it, what is in his van going to the visits before it")
    func toFetch() async throws {
        let service = try await service([])
        var needs = need()
        needs.parts = [PlannedPart(partCode: "pump", quantity: 2), PlannedPart(partCode: "hose", quantity: 1)]
        var second = need()
        second.parts = [PlannedPart(partCode: "pump", quantity: 1), PlannedPart(partCode: "pump", quantity: 1)]
        let pumps = StockMoved(
            movementId: UUID(), partCode: "pump", locationCode: "van/\(uuid(1).text)", quantity: 3, cause: .issued,
            causeId: UUID(), value: Money(0, "CNY"), onHand: 3, reserved: 0, movedAt: monday)
        try await service.handle([pumps, opened(1000, need: needs), opened(1001, need: second), opened(1002)])
        for (number, start) in [(1000, 1.0), (1001, 3), (1002, 5)] {
            try await service.handle([
                AssignEngineer(
                    workOrderId: uuid(number), engineerId: uuid(1), window: window(start, start + 2))
            ])
        }
        func toFetch() async throws -> [[PlannedPart]?] { try await row(service).visits.map(\.toFetch) }
        let pump = PlannedPart(partCode: "pump", quantity: 1)
        #expect(try await toFetch() == [[needs.parts?[1]].compactMap(\.self), [pump], nil])
        // Who is there has what he has, and will use it.
        let first = try #require(try await row(service).visits.first)
        try await service.handle([
            AcceptAssignment(assignmentId: first.assignmentId, engineerId: uuid(1)),
            VisitCheckedIn(
                visitId: first.assignmentId, workOrderId: first.workOrderId, engineerId: uuid(1),
                checkedInAt: hours(1), window: window(1, 3), originalWindow: window(1, 3)),
        ])
        #expect(try await toFetch() == [nil, [pump], nil])
        await service.pool.close()
    }
}
