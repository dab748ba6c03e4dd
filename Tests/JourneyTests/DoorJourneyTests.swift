import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Simulation
import Testing

/// The HTTP door before a whole installation.
@Suite("The HTTP door", .slow, .serialized)
struct DoorJourneyTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func open(_ installation: Installation, role: String) async throws -> [String: String] {
        let door = try await installation.services.startDoor()
        let token = try BearerToken.make(
            for: "li.na", roles: [role], until: Date().addingTimeInterval(3600),
            secret: try installation.stack.addresses().tokenSecret)
        return ["MENDLOOP_DOOR_URL": try #require(door.doorURL), "MENDLOOP_TOKEN": token]
    }

    @Test("a customer reports and follows by HTTP, an agent acts, and both hear what is wrong")
    func reportAndFollow() async throws {
        let installation = try await Installation.start(scale: 2)
        let python = OutsideProgram(
            program: URL(fileURLWithPath: "/usr/bin/python3"), environment: try await open(installation, role: "agent"))
        let example = Self.root.appending(path: "examples/http/report_and_follow.py").path
        let (status, output) = try await python.run([example])
        #expect(status == 0)
        let lines = output.split(separator: "\n").map(String.init)
        try #require(lines.count == 11)
        let number = try #require(lines[0].firstMatch(of: /^reported 200 (WO-\d{8}-\d{6})$/)?.1)
        #expect(lines[1] == "again \(number)")
        #expect(lines[2] == "contradicted 409 idempotency-mismatch")
        #expect(lines[3] == "refused 422 /customer/phone 内容有误")
        #expect(lines[4] == "followed converted \(number)")
        #expect(lines[5] == "without a token 401")
        #expect(lines[6...8] == ["held on_hold", "is on_hold", "an agent is no manager 403"])
        #expect(lines[9...] == ["called 200 True", "refused invalid-message"])
        try await installation.stop()
    }

    @Test("of two who edit one thing at once the second is told so, and neither one's words are lost")
    func twoEditors() async throws {
        let installation = try await Installation.start(scale: 2)
        let python = OutsideProgram(
            program: URL(fileURLWithPath: "/usr/bin/python3"),
            environment: try await open(installation, role: "manager"))
        let (status, output) = try await python.run([Self.root.appending(path: "examples/http/two_editors.py").path])
        #expect(status == 0)
        #expect(
            output.split(separator: "\n").map(String.init) == [
                "first 200", "second 412 version-mismatch", "again 200", "both +8613900139077 retail",
                "site 200 412 True", "contact 200 412 True", "device 200 412 True", "product-model 200 412 True",
                "set-business-calendar \"2\" 412 200", "publish-service-levels \"1\" 412 200",
                "publish-questionnaire \"0\" 412 200", "set-maintenance-plan \"1\" 412 200",
                "set-leave \"1\" 412 200", "set-customer-engineers \"0\" 412 200",
                "register-contract \"1\" 412 200", "set-rules \"1\" 412 200",
            ])
        try await installation.stop()
    }

    @Test(
        "what all services tell is gathered while it happens; wiped and read again it is the same; and a command shows at once"
    )
    func readModels() async throws {
        let installation = try await Installation.start()
        let environment = try await open(installation, role: "manager")
        let client = try TestClient(url: try installation.stack.addresses().amqpURL())
        let result = try await Simulation.run(try installation.configuration(count: 8, seed: 3))
        #expect(result.differences == [])
        try await installation.drains()
        let totals = try await client.ask(IntakeTotalsQuery())
        try await eventually("console has taken everything in") {
            let models = try await client.ask(ReadModelsQuery())
            guard models.isWhole, models.workOrders == totals.workOrders else { return false }
            return try await installation.doorIsIdle()
        }
        let live = try await installation.gathered()
        #expect(live.contains { $0.hasPrefix("order_view") } && live.contains { $0.hasPrefix("story_line") })

        #expect(try await client.ask(RebuildReadModels()).status == "reading")
        try await eventually("the past is read") { try await client.ask(ReadModelsQuery()).isWhole }
        let again = try await installation.gathered()
        // Time goes on, and somebody may have been told something more; of what was there nothing is missing or other.
        #expect(Set(live).subtracting(again) == [])
        func rows(_ gathered: [String]) -> Int { gathered.count { !$0.hasPrefix("story_line") } }
        #expect(rows(again) == rows(live))

        let python = OutsideProgram(program: URL(fileURLWithPath: "/usr/bin/python3"), environment: environment)
        let (status, output) = try await python.run([
            Self.root.appending(path: "examples/http/everything_about.py").path
        ])
        #expect(status == 0)
        #expect(
            output.split(separator: "\n").map(String.init) == [
                "reported wait=10", "said inbound web 不制冷", "device 1 work-order-opened", "customer 陈静 1 True",
                "unchanged 304", "stranger 404",
            ])
        await client.close()
        try await installation.stop()
    }

    @Test("an administrator is added at the terminal, signs in, lets a dispatcher of one region in and out again")
    func users() async throws {
        let installation = try await Installation.start(scale: 2)
        var environment = try await open(installation, role: "agent")
        let folder = ["--folder", installation.stack.path]
        var tool = OutsideProgram(
            program: try CommandLineTool(folder: installation.stack.path).program, environment: [:], input: "short\n")
        let add = ["user", "add", "Chen", "--name", "陈静", "--role", "admin"] + folder
        #expect(try await tool.run(add).status != 0)
        tool.input = "the very first one\n"
        #expect(try await tool.run(add).status == 0)
        (environment["MENDLOOP_LOGIN"], environment["MENDLOOP_PASSWORD"]) = ("chen", "the very first one")
        let python = OutsideProgram(program: URL(fileURLWithPath: "/usr/bin/python3"), environment: environment)
        let (status, output) = try await python.run([Self.root.appending(path: "examples/http/sign_in.py").path])
        #expect(status == 0)
        #expect(
            output.split(separator: "\n").map(String.init) == [
                "first 403 password-change-needed", "own password 200 Bearer 900", "added 200 active",
                "elsewhere 404 200", "stays in 200", "blocked blocked", "is out 401 sign-in-ended",
                "written down ('console.block-user', 200)",
            ])
        let list = try await tool.run(["user", "list"] + folder).output
        #expect(list.contains("wang.fang") && list.contains("blocked") && list.contains("regions 1101"))
        #expect(try await tool.run(["user", "unblock", "wang.fang"] + folder).status == 0)
        #expect(try await tool.run(["user", "change", "wang.fang", "--region", "all"] + folder).status == 0)
        #expect(try await tool.run(["user", "set-password", "wang.fang"] + folder).status == 0)
        try await installation.stop()
    }

    /// Most of what it makes up is refused, rightly, by rules that no schema can say: that valid data is accepted is not asked.
    @Test("whatever is thrown at the documented door, it answers as the document says, and never with its own fault")
    func schemathesis() async throws {
        let installation = try await Installation.start(scale: 2)
        let environment = try await open(installation, role: "admin")
        let tools = URL(fileURLWithPath: installation.stack.path).appending(path: "schemathesis")
        let python = OutsideProgram(program: URL(fileURLWithPath: "/usr/bin/python3"), environment: [:])
        #expect(try await python.run(["-m", "venv", tools.path]).status == 0)
        let pip = OutsideProgram(program: tools.appending(path: "bin/pip"), environment: [:])
        #expect(try await pip.run(["install", "--quiet", "schemathesis==4.32.5"]).status == 0)
        let tester = OutsideProgram(program: tools.appending(path: "bin/schemathesis"), environment: [:])
        let isSoak = TestTier.current == .soak
        let (status, output) = try await tester.run([
            "run", Self.root.appending(path: "docs/openapi.yaml").path,
            "--url", try #require(environment["MENDLOOP_DOOR_URL"]),
            "-H", "Authorization: Bearer \(try #require(environment["MENDLOOP_TOKEN"]))", "--seed", "1", "--phases",
            isSoak ? "examples,coverage,fuzzing,stateful" : "examples,fuzzing", "--max-examples", isSoak ? "50" : "4",
            "--exclude-checks", "positive_data_acceptance", "--no-color",
        ])
        let failures = output.range(of: "= FAILURES =").map { output[$0.upperBound...].prefix(4_000) } ?? ""
        #expect(status == 0, "\(failures)\n\(output.suffix(4_000))")
        try await installation.stop()
    }
}
