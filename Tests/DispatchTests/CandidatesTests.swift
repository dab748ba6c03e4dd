import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceTesting
import Testing

@testable import DispatchService
@testable import ServiceKit

/// Who could go, and when, before anything is decided, on the real schema.
struct CandidatesTests {
    typealias Service = DatabaseTests.Service

    /// One who lives where the work is, one who lives far off, and one who has not learnt it.
    private func company() async throws -> Service {
        let service = try await Service()
        for number in 1...3 {
            var engineer = registration(number, skills: number == 3 ? [] : [SkillLevel(skill: "aircon", level: 3)])
            if number == 2 { engineer.home = Coordinates(latitude: 31.6, longitude: 121.47, crs: .wgs84) }
            try await service.handle([engineer])
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        return service
    }

    private func ask(_ service: Service, _ query: CandidatesQuery) async throws -> CandidatesAnswer {
        try await service.pool.withConnection { try await ShowCandidates().answer(query, on: $0) }
    }

    private func ask(_ service: Service, _ workOrder: Int) async throws -> CandidatesAnswer {
        try await ask(service, CandidatesQuery(workOrderId: uuid(workOrder), at: service.time.now))
    }

    @Test("everybody has a verdict, and the best is whom the dispatcher then offers it to")
    func asDecided() async throws {
        let service = try await company()
        try await service.handle([opened(1000)])
        let answer = try await ask(service, 1000)
        let decision = try #require(answer.decision)
        #expect(decision.considered == 3 && decision.assignmentId == nil)
        #expect(decision.verdicts.map(\.engineerId) == [uuid(1), uuid(2), uuid(3)])
        #expect(decision.verdicts.last?.excludedBy == "skill")
        #expect(try await service.assignments(uuid(1000)).isEmpty)
        try await service.step()
        let offer = try #require(try await service.assignments(uuid(1000)).first)
        #expect(offer.engineerId == decision.engineerId && offer.window?.start == decision.verdicts.first?.start)
        await service.pool.close()
    }

    @Test("windows are of whoever comes cheapest, the cheapest first, and none lies over another")
    func windows() async throws {
        let service = try await company()
        try await service.handle([opened(1000)])
        let slots = try await ask(service, 1000).slots
        #expect(slots.count == 5 && slots.allSatisfy { $0.engineerId == uuid(1) })
        let inOrder = slots.map(\.window).sorted { $0.start < $1.start }
        #expect(zip(inOrder, inOrder.dropFirst()).allSatisfy { $0.end <= $1.start })
        // Two hours each, but for what is left of a shift.
        #expect(slots.allSatisfy { [3_600, 7_200].contains($0.window.end.timeIntervalSince($0.window.start)) })
        // He is away: the one from far off could come.
        try await service.handle([
            SetLeave(engineerId: uuid(1), absences: [Absence(window: window(-1, 400), kind: .leave)])
        ])
        let others = try await ask(service, 1000)
        #expect(others.slots.count == 5 && others.slots.allSatisfy { $0.engineerId == uuid(2) })
        #expect(others.slots[0].travelMinutes > slots[0].travelMinutes)
        await service.pool.close()
    }

    @Test("of who has the job already, its own visit is not in the way; nobody is needed for one that has ended")
    func goingOn() async throws {
        let service = try await company()
        try await service.handle([opened(1000)])
        let before = try await ask(service, 1000)
        try await service.step()
        #expect(try await ask(service, 1000) == before)
        #expect(try await ask(service, 1001) == CandidatesAnswer())
        await service.pool.close()
    }

    @Test("nobody is needed for what is on hold or was visited; somebody is where nobody was home")
    func needed() {
        #expect(job().needsSomebody && !job(opened(need: nil)).needsSomebody)
        var held = job()
        held.isOnHold = true
        #expect(!held.needsSomebody)
        var visited = job()
        let happened = ([.offered, .accepted, .visitOver] as [JobEvent]).map { visited.apply($0) }
        #expect(!happened.contains(false) && !visited.needsSomebody)
        visited.lastVisitEnd = .noAccess
        #expect(visited.needsSomebody)
    }

    @Test("where nobody may go it says which rule emptied the list, and what would help")
    func nobody() async throws {
        let service = try await Service()
        try await service.handle([registration(1, skills: [])])
        try await service.handle([SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly)])
        try await service.handle([opened(1000)])
        let answer = try await ask(service, 1000)
        #expect(answer.slots.isEmpty && answer.decision?.engineerId == nil)
        #expect(answer.decision?.emptiedBy == "skill" && answer.decision?.nearestRelaxation?.code == "relax_skill")
        await service.pool.close()
    }

    @Test(
        "what is asked for out of range is refused by name",
        arguments: [
            ("/data/count", 0, 120, 0, nil), ("/data/windowMinutes", 5, 14, 0, nil),
            ("/data/notAfter", 5, 120, 0, -1.0),
            ("/data/notBefore", 5, 120, 70_000_000, nil),
        ] as [(String, Int, Int, Double, Double?)])
    func refused(pointer: String, count: Int, minutes: Int, notBefore: Double, notAfter: Double?) async throws {
        let service = try await company()
        try await service.handle([opened(1000)])
        let query = CandidatesQuery(
            workOrderId: uuid(1000), at: service.time.now, notBefore: hours(notBefore), notAfter: notAfter.map(hours),
            count: count, windowMinutes: minutes)
        let refusal = await #expect(throws: Refusal.self) { try await ask(service, query) }
        #expect(refusal?.problem.errors.map(\.pointer) == [pointer])
        await service.pool.close()
    }
}
