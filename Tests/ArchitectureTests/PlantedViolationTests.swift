import Testing

/// A rule that finds nothing may be blind: each one is shown what it must find, and its innocent neighbour.
@Suite("Rules find what is planted")
struct PlantedViolationTests {
    @Test(
        "a planted violation is found, in its line",
        arguments: [
            ("Shared/DomainContracts/A.swift", "import FoundationEssentials\nimport Foundation", 2),
            ("Shared/DomainContracts/A.swift", "public import struct Foundation.Date", 1),
            ("Shared/PollThread/A.swift", "import Logging", 1),
            ("Shared/AMQP/A.swift", "import ServiceKit", 1),
            ("Shared/AMQP/A.swift", "import CRabbitMQ", 1),
            ("Shared/Postgres/A.swift", "public import CLibPQ", 1),
            ("Shared/Postgres/A.swift", "import AMQP", 1),
            ("Shared/ServiceKit/A.swift", "internal import CLibPQ", 1),
            ("Shared/LocalStack/A.swift", "import ServiceKit", 1),
            ("Shared/ServiceKit/A.swift", "@testable import Billing", 1),
            ("Services/Intake/Handlers/A.swift", "import DomainContracts\nimport DispatchService", 2),
            ("Services/Intake/A.swift", "import ServiceTesting", 1),
            ("Services/Intake/Domain/A.swift", "import ServiceKit", 1),
            ("Services/Billing/Domain/A.swift", "import FoundationInternationalization", 1),
            ("Services/Intake/Domain/Sub/A.swift", "import Foundation", 1),
            ("Tools/Simulation/A.swift", "import FieldService", 1),
            ("Shared/AMQP/A.swift", "    public func raw() -> OpaquePointer? { nil }", 1),
            ("Shared/Postgres/A.swift", "package var handle: PGconn", 1),
            ("Services/Intake/Persistence/A.swift", "let q = \"SELECT id FROM billing.account\"", 1),
            ("Services/Intake/Migrations/V0002_a.sql", "CREATE TABLE a (\n id uuid REFERENCES dispatch.job (id))", 2),
            ("Services/Billing/A.swift", "\"insert into Field_Service.visit (id) values (1)\"", 1),
            ("Shared/ServiceKit/A.swift", "\"UPDATE \\\"intake\\\".inbox SET a = 1\"".replacing("\\\"", with: "\""), 1),
            ("Services/FieldService/Domain/VisitStateMachine.swift", "switch a {\ncase .x: 1\n    default: 2\n}", 3),
            ("Services/Billing/Domain/StateMachine+charge.swift", "    @unknown default: nil", 1),
            ("Services/Billing/A.swift", "let a = try! b()", 1),
            ("Shared/ServiceKit/A.swift", "guard a else { fatalError(\"no\") }", 1),
            ("Services/Billing/A.swift", "let a = b as! String", 1),
            ("Shared/AMQP/A.swift", "final class A: @unchecked Sendable {}", 1),
            ("Shared/AMQP/A.swift", "/// What it is.\nfinal class A: @unchecked Sendable {}", 2),
            ("Tools/Simulation/A.swift", "struct A {}\n// TODO: more", 2),
            ("Services/Intake/Migrations/V0002_a.sql", "-- FIXME", 1),
            ("Services/Dispatch/Domain/A.swift", "let now = Date()", 1),
            ("Services/Dispatch/Domain/A.swift", "let id = UUID()", 1),
            ("Services/Dispatch/Domain/A.swift", "let dice = Int.random(in: 1...6)", 1),
            ("Services/Dispatch/Worker/A.swift", "    Task { await go() }", 1),
            ("Services/Dispatch/A.swift", "let a = try await session.data(for: request)", 1),
            ("Tests/JourneyTests/A.swift", "_ = try await URLSession.shared.download(from: url)", 1),
        ])
    func found(_ path: String, _ text: String, _ line: Int) {
        let file = SourceFile(path: path, text: text)
        #expect(Rule.all.flatMap { $0.violations(in: file) }.map(\.line).contains(line))
    }

    @Test("a file of 301 lines is found, one of 300 is not")
    func length() {
        let line = "let a = 1\n"
        let long = SourceFile(path: "Shared/AMQP/A.swift", text: String(repeating: line, count: 301))
        let fair = SourceFile(path: "Shared/AMQP/A.swift", text: String(repeating: line, count: 300))
        #expect(Rule.all.flatMap { $0.violations(in: long) }.count == 1)
        #expect(Rule.all.flatMap { $0.violations(in: fair) }.isEmpty)
    }

    @Test(
        "what only looks like a violation is let be",
        arguments: [
            ("Shared/AMQP/A.swift", "internal import CRabbitMQ\npublic import PollThread\nimport Synchronization"),
            ("Services/Intake/Domain/A.swift", "import DomainContracts\nimport FoundationInternationalization"),
            ("Services/Intake/A.swift", "// import Billing\nlet text = \"import Billing\""),
            ("Services/Intake/Persistence/A.swift", "let q = \"SELECT id FROM intake.work_order\""),
            ("Services/Intake/A.swift", "let key = \"billing.charge-final.v1\" // heard from billing.log"),
            ("Services/Billing/Domain/Charge.swift", "switch a {\ndefault: 1\n}"),
            ("Services/FieldService/Domain/VisitStateMachine.swift", "// default: none\nlet a = \"default:\""),
            ("Services/Billing/A.swift", "/// Never `try!` nor fatalError() here.\nlet a = \"try! fatalError()\""),
            ("Services/Billing/A.swift", "let a = \"\"\"\n    fatalError(\n    \"\"\"\n/* try! */ let b = 1"),
            ("Shared/AMQP/A.swift", "// Sendable: never changes once made.\nfinal class A: @unchecked Sendable {}"),
            ("Shared/AMQP/A.swift", "    private let raw: OpaquePointer\n    public var name: String"),
            ("Services/Dispatch/Domain/A.swift", "let at = Date(timeIntervalSince1970: 0)\nlet id = UUID(uuid: b)"),
            ("Services/Dispatch/Worker/A.swift", "let task = Task { await go() }\nawait task.value"),
            ("Services/Console/A.swift", "try await session.download(request)\nsessions.data(of: user)"),
        ])
    func letBe(_ path: String, _ text: String) {
        let file = SourceFile(path: path, text: text)
        #expect(Rule.all.flatMap { $0.violations(in: file) } == [])
    }
}
