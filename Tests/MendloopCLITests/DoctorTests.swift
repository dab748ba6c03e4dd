import Foundation
import Testing

@testable import MendloopCLI

@Suite("What doctor calls wrong")
struct DoctorTests {
    private static let noon = Date(timeIntervalSince1970: 1_800_000_000)

    private func clock(ahead: Double, roundTrip: Double = 0.2, unit: Double = 0) -> DoctorReport.Finding {
        let said = Self.noon.timeIntervalSince1970 + roundTrip / 2 + ahead
        return ClockExamination(
            "PostgreSQL", said: unit > 0 ? said.rounded(.down) : said, inWhole: unit, asked: Self.noon,
            answered: Self.noon.addingTimeInterval(roundTrip)
        ).finding
    }

    @Test("clocks that are apart are named with how far, as exactly as that can be known")
    func clocks() {
        #expect(clock(ahead: 0).standing == .well)
        #expect(clock(ahead: 1.9).standing == .well)
        #expect(clock(ahead: 40).what == "PostgreSQL's is 40 s ahead of this machine's")
        #expect(clock(ahead: -90).what == "PostgreSQL's is 90 s behind this machine's")
        #expect(clock(ahead: -90).remedy?.contains("NTP") == true)
        // It answered some time within five seconds, by a clock of whole seconds.
        #expect(clock(ahead: 4, roundTrip: 5, unit: 1).standing == .well)
        #expect(clock(ahead: 6, roundTrip: 5, unit: 1).standing == .wrong)
    }

    @Test("a disk that is nearly full, passwords that others may read, and a port that somebody else has")
    func machine() {
        func disk(_ free: Int, of whole: Int = 100 << 30) -> DoctorReport.Standing {
            MachineExamination.judge(MachineExamination.Disk(path: "/x", free: free, whole: whole)).standing
        }
        #expect(disk(50 << 30) == .well)
        #expect(disk(9 << 30) == .doubtful)
        #expect(disk(900 << 20) == .wrong)
        #expect(disk(100 << 30, of: 4_000 << 30) == .well)
        #expect(MachineExamination.judge(MachineExamination.Secret(path: "/x", mode: 0o600))?.standing == .well)
        #expect(MachineExamination.judge(MachineExamination.Secret(path: "/x", mode: nil)) == nil)
        let open = MachineExamination.judge(MachineExamination.Secret(path: "/x", mode: 0o640))
        #expect(open?.what == "others may read the passwords in /x (mode 640)")
        #expect(open?.remedy == "chmod 600 /x")
        var taken = MachineExamination()
        taken.takenPorts = [("PostgreSQL", "127.0.0.1:5432")]
        #expect(taken.findings.map(\.standing) == [.wrong])
    }

    private func database(_ change: (inout DatabaseExamination) -> Void) -> [DoctorReport.Finding] {
        var facts = DatabaseExamination(
            version: 150_010, extensions: ["plpgsql", "btree_gist", "pg_trgm"], savesOnFall: true, mostConnections: 97,
            poolLimits: 42, longTransactions: [],
            clock: ClockExamination(
                "PostgreSQL", said: 0, asked: .init(timeIntervalSince1970: 0), answered: .init(timeIntervalSince1970: 0)
            ))
        change(&facts)
        return facts.findings.filter { $0.standing != .well }
    }

    @Test("the database: too old, without an extension, too few connections, a transaction that somebody forgot")
    func database() {
        #expect(database { _ in } == [])
        #expect(database { $0.version = 140_009 }.map(\.what) == ["PostgreSQL 14.9 is too old"])
        #expect(database { $0.extensions = ["pg_trgm"] }.map(\.what) == ["the extension btree_gist is missing"])
        #expect(database { $0.poolLimits = 98 }.map(\.what) == ["the services may open 98 of 97 connections"])
        #expect(database { $0.savesOnFall = false }.map(\.standing) == [.doubtful])
        let forgotten = database { $0.longTransactions = [("psql (pid 7)", 600)] }
        #expect(
            forgotten.map(\.what) == [
                "a transaction of psql (pid 7) has been open for 600 s: others may wait for its locks"
            ])
    }

    private func broker(
        version: String = "3.10.8", nodes: [BrokerExamination.Node] = [], queues: [BrokerExamination.Queue] = []
    ) -> [DoctorReport.Finding] {
        BrokerExamination(version: version, erlang: "25", nodes: nodes, queues: queues, clock: nil).findings.filter {
            $0.standing != .well
        }
    }

    @Test("the broker: too old, a node gone or cut off, a plugin missing, a disk filling up")
    func broker() {
        #expect(broker() == [])
        #expect(broker(version: "4.0.2") == [])
        #expect(broker(version: "3.9.27").map(\.what) == ["RabbitMQ 3.9.27 on Erlang 25 is too old"])
        #expect(broker(nodes: [.init(name: "a", running: true)]) == [])
        #expect(broker(nodes: [.init(name: "a", running: false)]).map(\.what) == ["its node a does not run"])
        #expect(broker(nodes: [.init(name: "a", partitions: ["b"])]).map(\.what) == ["a does not see b"])
        #expect(broker(nodes: [.init(name: "a", plugins: ["rabbitmq_management"])]).map(\.standing) == [.doubtful])
        #expect(broker(nodes: [.init(name: "a", diskFree: 3 << 30, diskLimit: 1 << 30)]).map(\.standing) == [.doubtful])
    }

    @Test("a queue without the majority of its nodes is wrong, one that could still lose none is doubtful")
    func queues() {
        func queue(_ online: [String], of members: [String], state: String = "running") -> [DoctorReport.Standing] {
            broker(queues: [.init(name: "q", type: "quorum", state: state, members: members, online: online)]).map(
                \.standing)
        }
        #expect(queue(["a", "b", "c"], of: ["a", "b", "c"]) == [])
        #expect(queue(["a", "b"], of: ["a", "b", "c"]) == [.doubtful])
        #expect(queue(["a"], of: ["a", "b", "c"]) == [.wrong])
        #expect(queue(["a"], of: ["a", "b"]) == [.wrong])
        #expect(queue(["a"], of: ["a"], state: "down") == [.wrong])
        #expect(broker(queues: [.init(name: "q", type: "classic", state: "running")]) == [])
    }

    @Test("a queue that was made before the other nodes came is doubtful, with the command that brings it to them")
    func reach() {
        func findings(_ type: String, _ members: [String], nodes: [String]) -> [DoctorReport.Finding] {
            broker(
                nodes: nodes.map { .init(name: $0, running: true) },
                queues: [.init(name: "q", type: type, state: "running", members: members, online: members)])
        }
        #expect(findings("quorum", ["a"], nodes: ["a"]) == [])
        #expect(findings("quorum", ["a", "b", "c"], nodes: ["a", "b", "c", "d", "e"]) == [])
        let queue = findings("quorum", ["a"], nodes: ["c", "b", "a"])
        #expect(queue.map(\.what) == ["q is kept by 1 of 3 nodes: without a it may stand still"])
        #expect(queue.map(\.remedy) == ["rabbitmq-queues grow b all, for each other node"])
        #expect(
            findings("stream", ["a", "b"], nodes: ["a", "b", "c"]).map(\.remedy) == [
                "rabbitmq-streams add_replica q c, for each other node"
            ])
    }

    @Test("letters are told by reason, each with what to do about its kind; those that come early are none")
    func letters() {
        var found = LetterExamination()
        found.dead = [.init(service: "intake", reason: "undecodable", count: 2, detail: "no JSON", id: 9)]
        found.parked = [
            .init(service: "billing", reason: "not-yet", count: 5, detail: "waits", id: 3),
            .init(service: "billing", reason: "handler-failed", count: 1, detail: "no such table", id: 4),
        ]
        #expect(
            found.findings.map(\.what) == [
                "intake has 2 messages dead, undecodable: no JSON",
                "billing has one message waiting for another try, handler-failed: no such table",
            ])
        #expect(found.findings[0].remedy?.contains("dead discard intake --all --reason undecodable") == true)
        #expect(LetterExamination().findings.map(\.standing) == [.well])
    }

    @Test("what is wrong comes last and is counted; what is away and unseen is no fault of its own")
    func text() {
        let report = DoctorReport([
            .wrong("stack", "RabbitMQ does not run", "./mendloop up"), .well("settings", "fine"),
            .unseen("database", "no address is known"),
        ])
        #expect(!report.isWell)
        #expect(
            report.text == """
                well     settings: fine
                unseen   database: no address is known
                WRONG    stack: RabbitMQ does not run
                         → ./mendloop up

                1 wrong, 0 doubtful
                """)
        #expect(DoctorReport([.well("x", "y")]).text.hasSuffix("nothing is wrong"))
    }

    @Test("a file of settings is read as compose reads it")
    func environmentFile() {
        let text = """
            # a comment
            MENDLOOP_TAG=1.2

              MENDLOOP_PREFETCH="100"
            MENDLOOP_LABEL_URL=https://x/?device=
            nothing
            """
        #expect(
            EnvironmentFile.parse(text) == [
                "MENDLOOP_TAG": "1.2", "MENDLOOP_PREFETCH": "100", "MENDLOOP_LABEL_URL": "https://x/?device=",
            ])
    }
}
