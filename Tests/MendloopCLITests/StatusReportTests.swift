import Testing

@testable import MendloopCLI

@Suite("What status calls wrong")
struct StatusReportTests {
    private static let calm = StatusReport.Figures(
        outboxPending: 0, outboxAge: 0, timersPending: 3, timersDue: 0, timerLag: 0, parked: 1, dead: 0)

    private func report(
        brokerIsReady: Bool = true, state: StatusReport.ServiceCopy.State = .ready, reasons: [String: String] = [:],
        consumers: Int? = 1, figures: StatusReport.Figures = calm
    ) -> StatusReport {
        StatusReport(
            servers: [
                .init(
                    name: "RabbitMQ", isReady: brokerIsReady, pid: brokerIsReady ? 7 : nil, address: "-", log: "log/x")
            ],
            services: [
                .init(
                    name: "intake-1", service: "intake", state: state, pid: 8, url: "http://127.0.0.1:1",
                    schema: "K0001 V0001",
                    reasons: reasons, figures: figures)
            ],
            queues: [
                .init(service: "intake", name: "intake.commands", depth: consumers.map { _ in 2 }, consumers: consumers)
            ],
            expected: ["intake"])
    }

    @Test("a stack with parked messages only is well: they will be tried again")
    func well() {
        #expect(report().isWell)
        #expect(report().text.hasSuffix("all is well"))
    }

    @Test("a broker that is away is named, and not its consequences")
    func broker() {
        let faults = report(brokerIsReady: false, state: .notReady, consumers: nil).faults
        #expect(faults.map(\.what) == ["RabbitMQ does not run"])
    }

    @Test("a broker that takes no messages is named with what it lacks; one that ended, with its last words")
    func alarms() {
        var full = report()
        full.servers[0].alarms = ["a@b has too little room on its disk"]
        full.services[0].state = .stopped
        full.services[0].lastWords = "cannot start: the schema is ahead"
        let rules = StatusRules(report: full, expected: ["intake"])
        #expect(
            rules.faults.map(\.what) == [
                "RabbitMQ takes no messages: a@b has too little room on its disk",
                "intake-1 does not run: cannot start: the schema is ahead",
            ])
    }

    @Test("each cause has its remedy")
    func remedies() throws {
        let behind = report(state: .notReady, reasons: ["migration": "behind"]).faults
        #expect(behind.map(\.remedy) == ["./mendloop migrate"])
        #expect(report(state: .stopped).faults.first?.remedy.contains("./mendloop up") == true)
        #expect(report(consumers: nil).faults.map(\.what) == ["there is no queue intake.commands"])
        #expect(report(consumers: 0).faults.map(\.what) == ["nobody takes from intake.commands; 2 wait"])
        var figures = Self.calm
        figures.dead = 1
        let dead = try #require(report(figures: figures).faults.first)
        #expect(dead.what == "intake has 1 dead letter")
        #expect(dead.remedy.contains("dead list --service intake"))
    }

    @Test("an event that stays in the outbox is wrong, and so is a timer that does not fire")
    func delays() {
        var figures = Self.calm
        figures.outboxAge = 31
        #expect(report(figures: figures).faults.count == 1)
        figures = Self.calm
        figures.timersDue = 1
        figures.timerLag = 31
        #expect(report(figures: figures).faults.count == 1)
        figures.timerLag = 29
        #expect(report(figures: figures).isWell)
    }

    @Test("figures are read from a metrics page")
    func metrics() {
        let page = """
            # HELP mendloop_dead_messages Messages in the dead-letter store.
            mendloop_dead_messages{service="intake",reason="handler-failed"} 3
            mendloop_dead_messages{service="intake",reason="undecodable"} 1
            mendloop_outbox_oldest_age_seconds{service="intake"} 2.5
            mendloop_timers_due{service="intake"} 1
            """
        let figures = StatusReport.Figures(metrics: page)
        #expect(figures.dead == 4)
        #expect(figures.outboxAge == 2.5)
        #expect(figures.timersDue == 1)
        #expect(figures.parked == 0)
    }
}
