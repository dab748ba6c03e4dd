import Dispatching
import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import DispatchService

/// What is known of the roads, in the decisions of handlers and of the worker.
struct TravelDecisionTests {
    private let customer = Coordinates(latitude: 31.26, longitude: 121.47, crs: .wgs84)

    /// From the engineers' home to the customer: 561 s by the estimate, 2,400 s by the road.
    private func provider() throws -> TravelProvider {
        var known = KnownTravel(capacity: 10)
        let (home, site) = (TravelPoint(north(0)), TravelPoint(north(3)))
        known.learn(2_400, from: try #require(home.cell), to: try #require(site.cell))
        return TravelProvider(TravelTimes(known: known))
    }

    @Test("slots that are offered reckon with the known way")
    func slots() throws {
        var company = try Company(engineers: 1)
        try company.open(opened(location: customer))
        try company.dispatch()
        try company.accept(try company.lastOffer())
        let command = OfferSlots(workOrderId: uuid(100), count: 1)
        let estimated = try company.bench.send(command, to: OfferFreeSlots())
        let known = try company.bench.send(command, to: OfferFreeSlots(travel: try provider()))
        let (before, after) = (try #require(estimated.slots.first), try #require(known.slots.first))
        #expect(after.travelMinutes >= before.travelMinutes + 25)
    }

    @Test("a dispatcher's own assignment tells the known way")
    func byHand() throws {
        var company = try Company(engineers: 1)
        try company.open(opened(location: customer))
        let command = AssignEngineer(workOrderId: uuid(100), engineerId: uuid(1), window: window(4, 6))
        try company.bench.send(command, to: AssignByHand(travel: try provider()))
        // Before 12 o'clock ways are a little longer than in the mean of the week.
        let offer = try company.lastOffer()
        #expect((42...44).contains(company.bench.state(Assignment.self, offer.assignmentId)?.travelMinutes ?? 0))
        // What it costs is the way there and home.
        #expect((50...90).contains(offer.explanation.ranking.first?.total ?? 0))
    }

    @Test("a visit that is agreed on is put where the known way leaves room for it")
    func agreed() throws {
        var company = try Company(engineers: 1)
        let first = try company.openAndAccept()
        try company.open(opened(101, location: customer))
        try company.dispatch()
        let second = try company.lastOffer()
        try company.accept(second)
        func book(_ offer: AssignmentOffered, _ window: TimeWindow) throws {
            try company.bench.send(
                BookSlot(assignmentId: offer.assignmentId, window: window), to: BookAgreedSlot(travel: try provider()))
        }
        try book(first, window(4, 4.25))
        try book(second, window(5, 8))
        let start = try #require(company.calendar(1).first { $0.assignmentId == second.assignmentId }?.span.start)
        // From one o'clock on the way takes what it takes in the mean of the week; by the estimate it would be eight minutes.
        #expect((2_300...2_500).contains(start - hours(5).epoch))
    }

    @Test("the day planner asks for the ways of a branch before it plans")
    func dayPlan() async throws {
        let roads = try await RoadStandIn()
        let bench = TravelBench(asking: roads.base)
        let service = try await DatabaseTests.Service(travel: bench.provider)
        try await service.handle([registration(1)])
        try await service.handle([SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly)])
        try await service.handle([opened(1000, location: customer)])
        try await service.step()
        #expect(roads.asked.isEmpty)
        try await DayPlanner(milliseconds: 1, travel: bench.provider).prepare(service.pool, now: service.time.now)
        #expect(bench.known == 2 && roads.asked.count == 2)
        await roads.die()
        await service.pool.close()
    }

    @Test("the worker goes by the roads while somebody tells them, and by the estimate while nobody does")
    func worker() async throws {
        let roads = try await RoadStandIn(
            .answers { from, to in
                // Whoever lives in the north has a bridge.
                max(from[0], to[0]) > 31.27 ? 300 : 5_400
            })
        let bench = TravelBench(asking: roads.base)
        let service = try await DatabaseTests.Service(travel: bench.provider)
        try await service.handle([
            registration(1), registration(2, home: Coordinates(latitude: 31.32, longitude: 121.47, crs: .wgs84)),
        ])
        for number in 1...2 {
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        func dispatch(_ number: Int, at latitude: Double) async throws -> UUID? {
            let place = Coordinates(latitude: latitude, longitude: 121.47, crs: .wgs84)
            try await service.handle([opened(number, location: place)])
            try await service.dispatcher.prepare(service.pool, now: service.time.now)
            try await service.step()
            return try await service.assignments(uuid(number)).first?.engineerId
        }
        #expect(try await dispatch(1000, at: 31.25) == uuid(2))
        #expect(bench.estimated == 0 && bench.known > 0)

        await roads.die()
        #expect(try await dispatch(1001, at: 31.24) == uuid(1))
        #expect(bench.failed == 1 && bench.estimated > 0 && bench.logged("warning").count == 1)

        try await roads.startAgain()
        bench.wait(.seconds(5))
        #expect(try await dispatch(1002, at: 31.245) == uuid(2))
        #expect(bench.logged("notice").count == 1)
        await roads.die()
        await service.pool.close()
    }
}
