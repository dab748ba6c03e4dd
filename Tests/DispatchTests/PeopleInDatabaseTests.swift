import DomainContracts
import Foundation
import Postgres
import ServiceTesting
import Testing

@testable import DispatchService
@testable import Dispatching
@testable import ServiceKit

/// Whom customers want, and who was there before, on the real database: what every decision reads, and what is left of it when
/// the customer is forgotten.
struct PeopleInDatabaseTests {
    private typealias Service = DatabaseTests.Service
    private let customer = uuid(5000)
    private let device = uuid(6000)

    private func company(_ count: Int = 3) async throws -> Service {
        let service = try await Service()
        for number in 1...count {
            try await service.handle([registration(number)])
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        return service
    }

    private func list(excluding excluded: [Int], preferring preferred: [Int] = []) -> SetCustomerEngineers {
        SetCustomerEngineers(
            customerId: customer, preferredEngineerIds: preferred.map(uuid), excludedEngineerIds: excluded.map(uuid),
            note: "Quarkkuchen")
    }

    private func order(_ number: Int, device: UUID? = nil, customer: UUID = uuid(5000)) -> WorkOrderOpened {
        var order = opened(number)
        order.deviceId = device
        order.customerId = customer
        return order
    }

    private func offer(_ service: Service, _ number: Int) async throws -> AssignmentView {
        try #require(try await service.assignments(uuid(number)).last)
    }

    /// Sends an engineer to an order by hand, and lets his visit end.
    private func visit(_ service: Service, _ order: WorkOrderOpened, by engineer: Int, at end: Date) async throws {
        let id = order.workOrderId
        try await service.handle([order])
        try await service.handle([AssignEngineer(workOrderId: id, engineerId: uuid(engineer))])
        let sent = try #require(try await service.assignments(id).last)
        try await service.handle([AcceptAssignment(assignmentId: sent.assignmentId, engineerId: uuid(engineer))])
        try await service.handle([
            VisitEnded(
                visitId: sent.assignmentId, workOrderId: id, workOrderNumber: order.workOrderNumber,
                engineerId: uuid(engineer), reason: .workDone, endedAt: end, workMinutes: 5, travelMinutes: 5)
        ])
    }

    @Test("the dispatcher sends whom the customer wants, not whom he does not, and who knows the device")
    func decided() async throws {
        let service = try await company(4)
        try await service.handle([list(excluding: [1], preferring: [3])])
        try await service.handle([order(1000)])
        try await service.step()
        let wanted = try await offer(service, 1000)
        #expect(wanted.engineerId == uuid(3))
        #expect(wanted.explanation.excluded == [RuleExclusion(rule: "excluded", count: 1)])
        try await visit(service, order(1001, device: device, customer: uuid(5002)), by: 4, at: hours(0.1))
        try await service.handle([order(1002, device: device, customer: uuid(5003))])
        try await service.step()
        let known = try await offer(service, 1002)
        #expect(known.engineerId == uuid(4) && known.explanation.excluded.isEmpty)
        let stranger = known.explanation.ranking.first { $0.engineerId == uuid(1) }
        #expect(stranger?.terms.contains(ScoreTerm(rule: "continuity", cost: 120)) == true)
        await service.pool.close()
    }

    @Test("what nobody might do for a customer is tried again as soon as he wants others")
    func unblocked() async throws {
        let service = try await company(1)
        try await service.handle([list(excluding: [1])])
        try await service.handle([order(1000)])
        try await service.step()
        #expect(try await service.step() == false)
        #expect(try await service.assignments(uuid(1000)).isEmpty)
        #expect(service.dispatcher.watched.contains(CustomerEngineers.table))
        try await service.handle([list(excluding: [])])
        try await service.step()
        #expect(try await offer(service, 1000).engineerId == uuid(1))
        await service.pool.close()
    }

    @Test("who is excluded while he is being chosen is offered nothing")
    func meanwhile() async throws {
        let service = try await company(1)
        try await service.handle([order(1000)])
        let step = try await service.pool.transaction { connection in
            // As the command does it.
            _ = try await connection.query("SELECT 1 FROM engineer WHERE id = \(uuid(1)) FOR UPDATE")
            let pid: Int = try await connection.query("SELECT pg_backend_pid()::bigint AS pid")[0].get("pid")
            let step = Task { try await service.step() }
            try await eventually("the step waits for whoever excludes the engineer") {
                let rows = try await service.pool.query(
                    "SELECT count(*) AS n FROM pg_stat_activity WHERE \(pid)::int = ANY(pg_blocking_pids(pid))")
                return try rows[0].get("n", as: Int.self) > 0
            }
            var engineers = CustomerEngineers()
            _ = engineers.replace(by: list(excluding: [1]), at: monday, by: nil)
            try await connection.execute(
                """
                INSERT INTO customer_engineers (id, version, state)
                VALUES (\(customer), 1, \(try JSONB(encoding: engineers, encoder: WireJSON.encoder())))
                """)
            return step
        }
        #expect(try await step.value)
        try await service.step()
        #expect(try await service.assignments(uuid(1000)).isEmpty)
        #expect(try await service.events(DispatchImpossible.wireType) == 1)
        await service.pool.close()
    }

    @Test("nobody whom the customer excludes is found to help")
    func helpers() async throws {
        let service = try await company(3)
        try await service.handle([SetRules(rules: CrewTests.pairs)])
        try await service.handle([order(1000)])
        try await service.step()
        let first = try await offer(service, 1000)
        try await service.handle([AcceptAssignment(assignmentId: first.assignmentId, engineerId: first.engineerId)])
        try await service.handle([BookSlot(assignmentId: first.assignmentId, window: window(25, 27))])
        let others = (1...3).filter { uuid($0) != first.engineerId }
        try await service.handle([list(excluding: others)])
        let finder = CrewFinder()
        try await service.step(of: finder)
        #expect(try await offer(service, 1000).helperIds == [])
        #expect(try await service.events(DispatchEscalationRaised.wireType) == 1)
        try await service.handle([list(excluding: [others[0]])])
        service.time.set(hours(1))
        try await service.step(of: finder)
        #expect(try await offer(service, 1000).helperIds == [uuid(others[1])])
        await service.pool.close()
    }

    @Test("the day plan knows whom the customer wants, and who was there before")
    func dayPlan() async throws {
        let service = try await company(3)
        try await visit(service, order(1000, device: device), by: 2, at: hours(0.1))
        try await service.handle([list(excluding: [3], preferring: [1])])
        try await service.handle([order(1001, device: device)])
        try await service.step()
        let offer = try await offer(service, 1001)
        try await service.handle([AcceptAssignment(assignmentId: offer.assignmentId, engineerId: offer.engineerId)])
        try await service.handle([BookSlot(assignmentId: offer.assignmentId, window: window(25, 27))])
        let reading = try await service.pool.withConnection {
            try await BranchReading("上海", $0, now: monday, travel: .estimate)
        }
        let planned = try #require(reading.day.visits.first { $0.assignmentId == offer.assignmentId })
        let job = try #require(planned.freedom?.job)
        #expect(job.excluded == [uuid(3)] && job.preferred == [uuid(1)] && job.previous == uuid(2))
        await service.pool.close()
    }

    @Test("a dry run sends nobody whom the customer excludes today")
    func dryRun() async throws {
        let service = try await company(2)
        try await service.handle((1000..<1004).map { order($0) })
        func visits() async throws -> [UUID: Int] {
            let run = try await service.pool.withConnection {
                try await DryRunRules().answer(SimulateRules(), on: $0)
            }
            return run.engineers.reduce(into: [:]) { $0[$1.engineerId] = $1.currentVisits }
        }
        #expect(try await visits()[uuid(1)] ?? 0 > 0)
        try await service.handle([list(excluding: [1])])
        #expect(try await visits() == [uuid(1): 0, uuid(2): 4])
        await service.pool.close()
    }

    @Test("what was said of a customer is shown as it would be said again")
    func shown() async throws {
        let service = try await company(2)
        func read() async throws -> CustomerEngineersAnswer {
            try await service.pool.withConnection {
                try await ShowCustomerEngineers().answer(CustomerEngineersQuery(customerId: customer), on: $0)
            }
        }
        #expect(
            try await read()
                == CustomerEngineersAnswer(version: 0, engineers: SetCustomerEngineers(customerId: customer)))
        try await service.handle([list(excluding: [1], preferring: [2])])
        #expect(
            try await read()
                == CustomerEngineersAnswer(
                    version: 1, engineers: list(excluding: [1], preferring: [2]), changedAt: monday,
                    changedBy: "tester"))
        await service.pool.close()
    }

    @Test("of a customer who is forgotten nothing is left, and nothing more is learnt; of others all is")
    func forgotten() async throws {
        let service = try await company(3)
        let (other, passedOn) = (uuid(5002), uuid(6001))
        try await service.handle([list(excluding: [1], preferring: [2])])
        try await visit(service, order(1000, device: device), by: 2, at: hours(0.1))
        // Sold on: its new owner's visit is nothing of his.
        try await visit(service, order(1001, device: passedOn), by: 2, at: hours(0.2))
        try await visit(service, order(1002, device: passedOn, customer: other), by: 3, at: hours(0.3))
        try await service.handle([
            CustomerErased(
                erasureId: UUID(), part: 1, parts: 1, customerId: customer, workOrderIds: [uuid(1000), uuid(1001)],
                erasedAt: hours(1))
        ])
        try await service.step(of: ForgetCustomers(ForgetPlaces.forget))
        let left = try await service.pool.query("SELECT id FROM last_visit ORDER BY id")
        #expect(Set(try left.map { try $0.get("id", as: UUID.self) }) == [other, passedOn])
        func states() async throws -> [String] {
            try await service.pool.query("SELECT state::text AS state FROM customer_engineers").map {
                try $0.get("state")
            }
        }
        let before = try await states()
        #expect(before.count == 1)
        let words = ["Quarkkuchen", uuid(1).text, uuid(2).text, "tester"]
        #expect(!before.contains { state in words.contains { state.lowercased().contains($0.lowercased()) } })
        try await service.handle([list(excluding: [3])])
        #expect(try await states() == before)
        await service.pool.close()
    }
}
