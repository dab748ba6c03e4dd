import AMQP
import Dispatching
import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceTesting
import Testing

@testable import DispatchService
@testable import ServiceKit

/// What only the real database shows: the schema fits the documents, the dispatcher finds its jobs, the guard holds.
struct DatabaseTests {
    /// Dispatch's schema, with the kit's batches and the dispatcher's steps on it.
    struct Service {
        let pool: PostgresPool
        let processor: BatchProcessor
        let time = ManualTime(monday)
        let dispatcher: Dispatcher

        init(travel: TravelProvider = .estimate) async throws {
            dispatcher = Dispatcher(travel: travel)
            let url = try await TestStack.freshSchema(.dispatch)
            pool = PostgresPool(
                PostgresConfiguration(url: url, applicationName: "test", poolSize: 3, searchPath: "dispatch, public"))
            let definition = try DispatchApp.definition(
                DispatchSettings(linkSecret: String(repeating: "s", count: 32)))
            let logger = Logger(label: "test")
            _ = try await ServiceHost.migrator(definition, pool).migrate(logger: logger)
            processor = BatchProcessor(
                definition: definition, pool: pool, clock: .manual(time), ids: .v7,
                parking: ParkingLot(ladder: .standard), wakeups: Wakeups(), logger: logger,
                meter: ServiceMeter(service: .dispatch))
        }

        func handle(_ messages: [any Message]) async throws {
            let incoming = try messages.map { try Self.message($0) }
            _ = try await processor.handle(incoming)
        }

        private static func message<M: Message>(_ message: M) throws -> IncomingMessage {
            let id = UUID.v7().uuidString.lowercased()
            let envelope = Envelope(
                id: id, source: "/adapters/test", type: M.wireType, time: monday, sequence: 1, authtype: "user",
                authid: "tester")
            let body = try WireJSON.encoder().encode(CloudEvent(envelope, message))
            return IncomingMessage(
                routingKey: "\(M.service.rawValue).\(M.wireName)",
                properties: AMQPProperties(
                    contentType: "application/cloudevents+json", messageID: id, type: M.wireType),
                body: [UInt8](body))
        }

        /// One step of the dispatcher, as its runner takes it.
        @discardableResult
        func step() async throws -> Bool { try await step(of: dispatcher) }

        /// One step of a worker.
        @discardableResult
        func step(of worker: some Worker) async throws -> Bool {
            try await pool.transaction { connection in
                var session = WorkSession(
                    connection: connection, now: time.now, batch: BatchState(service: .dispatch, ids: .v7))
                let goesOn = try await worker.step(&session)
                try await BatchWriter(state: session.batch, now: time.now).write([], on: connection)
                return goesOn
            }
        }

        func totals() async throws -> DispatchTotals {
            try await pool.withConnection { try await CountTotals().answer(DispatchTotalsQuery(), on: $0) }
        }

        func assignments(_ workOrder: UUID) async throws -> [AssignmentView] {
            try await pool.withConnection {
                try await ListAssignments().answer(AssignmentsQuery(workOrderId: workOrder), on: $0)
            }.assignments
        }

        func events(_ type: String) async throws -> Int {
            try await pool.query("SELECT count(*) AS n FROM outbox WHERE wire_type = \(type)").first?.get("n") ?? 0
        }
    }

    @Test("two hundred jobs are offered without a double booking, the most urgent first", .slow)
    func manyJobs() async throws {
        let service = try await Service()
        for number in 1...8 {
            try await service.handle([registration(number)])
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        try await service.handle((1000..<1200).map { opened($0, priority: $0 == 1199 ? .p1 : .p3) })
        #expect(try await service.step())
        #expect(try await service.step())
        #expect(try await service.step() == false)
        let totals = try await service.totals()
        #expect(totals.jobsByStatus == ["offered": 200])
        #expect(totals.assignmentsByStatus == ["offered": 200])
        #expect(totals.doubleBookings == 0 && totals.engineers == 8)
        #expect(try await service.events(AssignmentOffered.wireType) == 200)
        // The urgent one came last and was decided first: it has the first quarter of an hour that can be had.
        let urgent = try #require(try await service.assignments(uuid(1199)).first)
        #expect(urgent.window?.start == hours(0.25))
        #expect(urgent.explanation.considered == 8)
        await service.pool.close()
    }

    @Test("a job that nobody may take is tried again as soon as an engineer comes, and not before")
    func rosterChange() async throws {
        let service = try await Service()
        try await service.handle([opened(1000)])
        #expect(try await service.step())
        #expect(try await service.step() == false)
        #expect(try await service.events(DispatchImpossible.wireType) == 1)
        try await service.handle([registration(1)])
        try await service.handle([SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly)])
        try await service.step()
        let offer = try #require(try await service.assignments(uuid(1000)).first)
        #expect(offer.engineerId == uuid(1) && offer.status == .offered)
        await service.pool.close()
    }

    @Test("what somebody reports while a job is decided counts: nothing is offered on what was known before")
    func reportedMeanwhile() async throws {
        let service = try await Service()
        try await service.handle([registration(1)])
        try await service.handle([SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly)])
        try await service.handle([opened(1000)])
        let step = try await service.pool.transaction { connection in
            _ = try await connection.query("SELECT 1 FROM engineer WHERE id = \(uuid(1)) FOR UPDATE")
            let pid: Int = try await connection.query("SELECT pg_backend_pid()::bigint AS pid")[0].get("pid")
            let step = Task { try await service.step() }
            try await eventually("the step waits for whoever changes the engineer") {
                let rows = try await service.pool.query(
                    "SELECT count(*) AS n FROM pg_stat_activity WHERE \(pid)::int = ANY(pg_blocking_pids(pid))")
                return try rows[0].get("n", as: Int.self) > 0
            }
            try await connection.execute("UPDATE engineer SET version = version + 1 WHERE id = \(uuid(1))")
            return step
        }
        #expect(try await step.value)
        #expect(try await service.assignments(uuid(1000)).isEmpty)
        try await service.step()
        #expect(try await service.assignments(uuid(1000)).count == 1)
        await service.pool.close()
    }

    @Test("answers and bookings go through the database; freed time is given to the next job")
    func lifecycle() async throws {
        let service = try await Service()
        try await service.handle([registration(1), registration(2)])
        for number in 1...2 {
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        try await service.handle([opened(1000)])
        try await service.step()
        let first = try #require(try await service.assignments(uuid(1000)).first)
        try await service.handle([
            DeclineAssignment(assignmentId: first.assignmentId, engineerId: first.engineerId, reason: .tooFar)
        ])
        try await service.step()
        let second = try #require(try await service.assignments(uuid(1000)).last)
        #expect(second.engineerId != first.engineerId && second.window == first.window)
        try await service.handle([
            AcceptAssignment(assignmentId: second.assignmentId, engineerId: second.engineerId)
        ])
        try await service.handle([BookSlot(assignmentId: second.assignmentId, window: window(4, 6))])
        try await service.handle([
            VisitEnded(
                visitId: second.assignmentId, workOrderId: uuid(1000), workOrderNumber: "WO-20261116-1000",
                engineerId: second.engineerId, reason: .workDone, endedAt: hours(5), workMinutes: 60, travelMinutes: 5)
        ])
        let totals = try await service.totals()
        #expect(totals.jobsByStatus == ["idle": 1])
        #expect(totals.assignmentsByStatus == ["declined": 1, "fulfilled": 1])
        let rows = try await service.pool.query(
            "SELECT lower(during) AS f, upper(during) AS t FROM booking WHERE live")
        #expect(rows.count == 1)
        #expect(try rows.first?.get("f", as: Int.self) == hours(4).epoch)
        #expect(try rows.first?.get("t", as: Int.self) == hours(5).epoch)
        await service.pool.close()
    }

    @Test("the database itself refuses a second booking of the same time, and lets bookings change places")
    func guarded() async throws {
        let service = try await Service()
        func row(_ number: Int, _ from: Double, _ to: Double) throws -> JSONB {
            try JSONB(
                encoding: Booking(
                    CalendarEntry(
                        assignmentId: uuid(number), workOrderId: uuid(number), span: Span(window(from, to)),
                        place: Place()), of: uuid(1)))
        }
        func insert(_ number: Int, _ from: Double, _ to: Double) async throws {
            try await service.pool.execute(
                "INSERT INTO booking (id, version, state) VALUES (\(uuid(number)), 1, \(try row(number, from, to)))")
        }
        try await insert(1, 1, 2)
        try await insert(2, 2, 3)
        await #expect(throws: PostgresError.self) { try await insert(3, 1.5, 1.75) }
        try await service.pool.execute(
            """
            UPDATE booking AS b SET state = n.state
            FROM unnest(\([uuid(1), uuid(2)]), \([try row(1, 2, 3), try row(2, 1, 2)])) AS n(id, state)
            WHERE b.id = n.id
            """)
        #expect(try await service.totals().doubleBookings == 0)
        await service.pool.close()
    }
}
