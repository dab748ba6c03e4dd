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
}
