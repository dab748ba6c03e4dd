import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import FieldService

/// The schema and the SQL of the queries, on a real PostgreSQL.
@Suite("visits in the database", .serialized) struct VisitsInDatabaseTests {
    private func onMigratedSchema(_ body: (PostgresPool) async throws -> Void) async throws {
        let pool = PostgresPool(
            PostgresConfiguration(
                url: try await TestStack.freshSchema(.fieldService), applicationName: "field service test", poolSize: 2,
                searchPath: "field_service"))
        do {
            let definition = try FieldServiceApp.definition(door: CustomerDoor(links: Job.links))
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            try await ServiceHost.migrator(definition, pool).migrate(logger: logger)
            try await body(pool)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    private func store<A: Aggregate>(_ value: A?, _ id: UUID, _ pool: PostgresPool) async throws {
        let state = try JSONB(encoding: try #require(value), encoder: WireJSON.encoder())
        try await pool.execute(
            """
            INSERT INTO \(unsafe: A.table) (id, version, state) VALUES (\(id), 1, \(state))
            ON CONFLICT (id) DO UPDATE SET state = excluded.state
            """)
    }

    @Test("a visit is answered as it stands, and totals count every one")
    func queries() async throws {
        var job = Job()
        try job.work()
        try job.end(.workDone, outcome: .fixed, work: 75, travel: 20)
        let ended = job
        try await onMigratedSchema { pool in
            try await store(ended.bench.state(Visit.self, ended.visit), ended.visit, pool)
            let report = try #require(ended.bench.state(Visit.self, ended.visit)?.report)
            try await store(ended.report, report.reportId, pool)
            let planned = Visit(
                visitId: ended.id("second"), workOrderId: ended.order, workOrderNumber: "WO",
                engineerId: ended.engineer, round: 2)
            try await store(planned, ended.id("second"), pool)
            let visit = ended.visit
            let answer = try await pool.withConnection {
                try await AnswerVisitQuery().answer(VisitQuery(visitId: visit), on: $0)
            }
            #expect(answer.found && answer.status == .ended && answer.endReason == .workDone)
            #expect(answer.report == report)
            #expect(answer.window == ended.window)
            let order = ended.order
            let reports = try await pool.withConnection {
                try await AnswerServiceReports().answer(ServiceReportsQuery(workOrderId: order), on: $0)
            }.reports
            #expect(reports.map(\.report) == [report] && reports.map(\.visitId) == [visit])
            #expect(reports.first?.status == .awaiting && reports.first?.word == nil)
            #expect(reports.first?.outcome == .fixed && reports.first?.workMinutes == 75)
            let unknown = try await pool.withConnection {
                try await AnswerVisitQuery().answer(VisitQuery(visitId: .nameless), on: $0)
            }
            #expect(unknown == VisitAnswer(found: false))
            let totals = try await pool.withConnection {
                try await AnswerFieldServiceTotals().answer(FieldServiceTotalsQuery(), on: $0)
            }
            #expect(
                totals
                    == FieldServiceTotals(
                        visitsByStatus: ["ended": 1, "planned": 1], visitsByEndReason: ["work_done": 1], reports: 1,
                        workMinutes: 75, travelMinutes: 20, arrivedOnTime: 1, arrived: 1))
        }
    }

    @Test("a report can be confirmed, and never changed")
    func immutable() async throws {
        var job = Job()
        try job.work()
        try job.end(.workDone, outcome: .fixed)
        let id = try #require(job.bench.state(Visit.self, job.visit)?.report?.reportId)
        let made = try #require(job.report)
        try job.confirm()
        let confirmed = try #require(job.report)
        try await onMigratedSchema { pool in
            try await store(made, id, pool)
            try await store(confirmed, id, pool)
            var content = made.content
            content.workMinutes += 1
            let forged = ServiceReport(content: content, sha256: made.sha256)
            await #expect(throws: PostgresError.self) { try await store(forged, id, pool) }
            let rows = try await pool.query("SELECT status FROM service_report")
            #expect(try rows.map { try $0.get("status", as: String.self) } == ["confirmed"])
        }
    }
}
