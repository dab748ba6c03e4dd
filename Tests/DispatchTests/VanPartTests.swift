import Dispatching
import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import DispatchService
@testable import ServiceKit

/// Who has a part in his van.
struct VanPartTests {
    private func moved(_ quantity: Int, onHand: Int, to location: String) -> StockMoved {
        StockMoved(
            movementId: UUID(), partCode: "pump", locationCode: location, quantity: quantity, cause: .issued,
            causeId: UUID(), value: Money(0, "CNY"), onHand: onHand, reserved: 0, movedAt: monday)
    }

    @Test("what a van holds is what the newest movement left; depots are nobody's van")
    func newest() throws {
        var bench = DeciderBench(.dispatch, now: monday)
        let van = "van/\(uuid(2).text)"
        try bench.receive(moved(-1, onHand: 1, to: van), by: KeepVanStock(), sequence: 3)
        try bench.receive(moved(2, onHand: 2, to: van), by: KeepVanStock(), sequence: 2)
        try bench.receive(moved(9, onHand: 9, to: "depot/main"), by: KeepVanStock(), sequence: 4)
        #expect(bench.state(VanPart.self, VanPart.id(of: "pump", in: uuid(2)))?.onHand == 1)
    }

    @Test("what a job takes is looked for in the vans: who has it goes, and by hand it is said who has not")
    func decided() async throws {
        let service = try await DatabaseTests.Service()
        var rules = RuleSet.standardDocument
        rules.hard.append(HardDispatchRule(rule: "parts_in_van"))
        for number in 1...3 {
            try await service.handle([registration(number)])
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        try await service.handle([SetRules(rules: rules), moved(1, onHand: 1, to: "van/\(uuid(2).text)")])
        var needs = need()
        needs.parts = [PlannedPart(partCode: "pump", quantity: 1)]
        try await service.handle([opened(1000, need: needs), opened(1001)])
        try await service.step()
        let offer = try #require(try await service.assignments(uuid(1000)).first)
        #expect(offer.engineerId == uuid(2))
        #expect(offer.explanation.excluded == [RuleExclusion(rule: "parts_in_van", count: 2)])
        #expect(try await service.assignments(uuid(1001)).first?.explanation.excluded.isEmpty == true)
        try await service.handle([AssignEngineer(workOrderId: uuid(1000), engineerId: uuid(3))])
        let byHand = try #require(try await service.assignments(uuid(1000)).first { $0.engineerId == uuid(3) })
        #expect(byHand.explanation.excluded == [RuleExclusion(rule: "parts_in_van", count: 1)])
        await service.pool.close()
    }

    @Test(
        "who has not what a visit takes comes by way of his depot, also where a person has chosen him"
    )
    func depot() async throws {
        let service = try await DatabaseTests.Service()
        for number in 1...3 {
            var engineer = registration(number)
            if number < 3 {
                engineer.depot = Coordinates(latitude: shanghai.latitude + 0.1, longitude: 121.47, crs: .wgs84)
            }
            try await service.handle([engineer])
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        var needs = need()
        needs.parts = [PlannedPart(partCode: "pump", quantity: 1)]
        try await service.handle([opened(1000, need: needs), opened(1001)])
        /// Minutes that it adds to his day.
        func detour(_ order: Int, by engineer: Int) async throws -> Int {
            try await service.handle([AssignEngineer(workOrderId: uuid(order), engineerId: uuid(engineer))])
            let offers = try await service.assignments(uuid(order)).filter { $0.engineerId == uuid(engineer) }
            return try #require(offers.last?.explanation.ranking.first?.total)
        }
        let here = try await detour(1000, by: 3)
        let fetched = try await detour(1000, by: 1)
        #expect(fetched > here + 40)
        #expect(try await detour(1001, by: 2) == here)
        try await service.handle([moved(1, onHand: 1, to: "van/\(uuid(2).text)")])
        #expect(try await detour(1000, by: 2) < fetched)
        await service.pool.close()
    }
}
