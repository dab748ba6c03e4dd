import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Service levels on real servers")
struct RunningServiceLevelsTests {
    @Test("a new holiday and new service levels reach the open orders, their timers, and what explains them")
    func reckoned() async throws {
        let time = ManualTime(IntakeBench.monday)
        let service = try await start(.manual(time))
        let client = try service.client()
        let order = try await report("r-1", client)
        var calendar = try #require(
            try await client.ask(BusinessCalendarQuery(name: "working_hours")).calendar)
        calendar.exceptions = [CalendarException(date: "2026-11-25", name: "公司日")]
        _ = try await client.ask(SetBusinessCalendar(name: "working_hours", calendar: calendar))
        try await eventually("the clock is due a day later") {
            try await due(order, client) == RFC3339.parse("2026-12-03T02:00:00Z")
        }
        var levels = try #require(try await client.ask(ServiceLevelsQuery()).serviceLevels)
        levels.name = "slower"
        levels.levels[2].targets[2].resolution += 60
        _ = try await client.ask(PublishServiceLevels(serviceLevels: levels, applyToOpen: true))
        try await eventually("the clock is due an hour later") {
            try await due(order, client) == RFC3339.parse("2026-12-03T03:00:00Z")
        }
        let timers = try await service.pool.query("SELECT due_at FROM timer WHERE kind = 'watch-clocks'")
        // The response clock is due first: 75 % of 4 h from 10:00, the lunch break between.
        #expect(try timers.map { try $0.get("due_at", as: Date.self) } == [RFC3339.parse("2026-11-23T06:30:00Z")])
        let clock = try #require(try await timeline(order, client).clocks.last)
        #expect(clock.steps.map(\.what) == [.started, .calendarChanged, .targetChanged])
        #expect(clock.steps.map(\.dueAt).last == RFC3339.parse("2026-12-03T03:00:00Z"))
        #expect(clock.steps.last?.policyVersion == 2)
        #expect(clock.calendarVersion == 3)
        #expect(clock.specialDays == [SpecialDay(date: "2026-11-25", minutes: 0, name: "公司日")])
        let old = try await client.ask(BusinessCalendarQuery(name: "working_hours", calendarVersion: 2))
        #expect(old.calendar?.exceptions == [])
        #expect(try await client.ask(ServiceLevelsQuery(policyVersion: 1)).serviceLevels == .standard)
        #expect(try await client.ask(ServiceLevelsQuery(policyVersion: 3)).serviceLevels == nil)
        await client.close()
        await service.stop()
    }

    @Test("an order of before service levels were documents is read, and reckoned by the calendar that knows holidays")
    func upgrade() async throws {
        let time = ManualTime(try #require(RFC3339.parse("2026-02-13T02:00:00Z")))
        let definition = try IntakeApp.definition(links: IntakeBench.links, clock: .manual(time))
        let site = try await TestSite.fresh(definition)
        let first = try await RunningService.start(definition, on: site, clock: .manual(time))
        let client = try first.client()
        let order = try await report("r-1", client)
        await first.stop()
        // As an older Mendloop kept it.
        _ = try await site.pool.execute(
            """
            UPDATE work_order SET state = jsonb_set(state - 'slaTerms' - 'reckonedBy', '{clocks}', (
                SELECT jsonb_agg(clock || '{"calendar": "working_hours"}' || jsonb_build_object('events', (
                    SELECT jsonb_agg(event - 'calendar' - 'policyVersion' - 'clause')
                    FROM jsonb_array_elements(clock->'events') AS event)))
                FROM jsonb_array_elements(state->'clocks') AS clock))
            """)
        let second = try await RunningService.start(definition, on: site, clock: .manual(time))
        try await eventually("its clocks are reckoned anew") {
            try await timeline(order, client).clocks.last?.calendarVersion == 2
        }
        let clock = try #require(try await timeline(order, client).clocks.last)
        #expect(clock.steps.map(\.what) == [.started, .calendarChanged])
        #expect(clock.steps.first?.dueAt == RFC3339.parse("2026-02-24T02:00:00Z"))
        // Saturday the 14th counts, and the week of the festival does not.
        #expect(clock.steps.last?.dueAt == RFC3339.parse("2026-03-02T02:00:00Z"))
        #expect(clock.specialDays.first { $0.date == "2026-02-14" }?.minutes == 450)
        #expect(clock.specialDays.first { $0.date == "2026-02-17" }?.minutes == 0)
        await client.close()
        await second.stop()
    }

    @Test("each clock that is due is told once, though the service dies in between and two copies come back")
    func exactlyOnce() async throws {
        let time = ManualTime(IntakeBench.monday)
        let definition = try IntakeApp.definition(links: IntakeBench.links, clock: .manual(time))
        let site = try await TestSite.fresh(definition)
        let first = try await RunningService.start(definition, on: site, clock: .manual(time))
        let client = try first.client()
        for number in 0..<60 { _ = try await report("r-\(number)", client) }
        // From 10:00 to 15:00: every response clock was at three quarters at 14:30.
        time.advance(by: .seconds(5 * 3_600))
        try await eventually("some are told") { try await told(site).count > 0 }
        await first.stop()
        let copies = [
            try await RunningService.start(definition, on: site, clock: .manual(time)),
            try await RunningService.start(definition, on: site, clock: .manual(time)),
        ]
        try await eventually("all are told") { try await told(site).count == 60 }
        try await eventually("nothing is due any more") {
            try await site.pool.query("SELECT 1 AS x FROM timer WHERE due_at <= \(time.now)").isEmpty
        }
        #expect(try await told(site).allSatisfy { $0 == 1 })
        await client.close()
        for copy in copies { await copy.stop() }
    }

    /// How often each order's clocks were warned of, as the history has it.
    private func told(_ site: TestSite) async throws -> [Int] {
        try await site.pool.query(
            "SELECT count(*) AS n FROM history WHERE event = 'sla-clock-warned' GROUP BY aggregate_id"
        ).map { try $0.get("n", as: Int.self) }
    }

    @Test("whoever holds the book holds up no report")
    func unlocked() async throws {
        let service = try await start(.real)
        let client = try service.client()
        _ = try await client.ask(SetBusinessCalendar(name: "night", calendar: CalendarRules(zone: "Asia/Shanghai")))
        try await service.pool.transaction { connection in
            _ = try await connection.query("SELECT 1 AS x FROM sla_book FOR UPDATE")
            _ = try await report("r-1", client)
        }
        await client.close()
        await service.stop()
    }

    @Test(
        "calendars that come with Mendloop are told of once, with their holidays, and each that is set; by two copies too"
    )
    func calendarsTold() async throws {
        let definition = try IntakeApp.definition(links: IntakeBench.links)
        let site = try await TestSite.fresh(definition)
        let copies = [
            try await RunningService.start(definition, on: site), try await RunningService.start(definition, on: site),
        ]
        let client = try copies[0].client()
        try await eventually("both are told of") { try await calendars(site).count == 2 }
        let rules = CalendarRules(zone: "Europe/Berlin")
        _ = try await client.ask(SetBusinessCalendar(name: "berlin", calendar: rules))
        for copy in copies { await copy.stop() }
        let again = try await RunningService.start(definition, on: site)
        try await eventually("the third too") { try await calendars(site).count == 3 }
        let told = try await calendars(site)
        #expect(told.map(\.name).sorted() == ["always", "berlin", "working_hours"])
        let working = try #require(told.first { $0.name == "working_hours" }?.exceptions)
        #expect(working.contains(CalendarException(date: "2026-02-14", like: 1, name: "春节")))
        #expect(told.first { $0.name == "berlin" }?.exceptions == [])
        await client.close()
        await again.stop()
    }

    /// What was told of calendars.
    private func calendars(_ site: TestSite) async throws -> [BusinessCalendarChanged] {
        try await site.pool.query(
            "SELECT body FROM event_log WHERE wire_type = \(BusinessCalendarChanged.wireType) ORDER BY id"
        ).map { row in
            try WireJSON.decoder().decode(
                CloudEvent<BusinessCalendarChanged>.self, from: Data(try row.get("body", as: [UInt8].self))
            ).data
        }
    }

    private func start(_ clock: DomainClock) async throws -> RunningService {
        try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links, clock: clock), clock: clock)
    }

    private func report(_ id: String, _ client: TestClient) async throws -> UUID {
        let answer = try await client.ask(
            ReportRepair.full, id: id, source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        return try #require(answer.workOrderId)
    }

    private func timeline(_ order: UUID, _ client: TestClient) async throws -> SLATimeline {
        try await client.ask(SLATimelineQuery(workOrderId: order))
    }

    private func due(_ order: UUID, _ client: TestClient) async throws -> Date? {
        try await timeline(order, client).clocks.last?.state.dueAt
    }
}
