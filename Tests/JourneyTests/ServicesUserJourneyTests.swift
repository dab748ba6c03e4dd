import AMQP
import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Simulation
import Testing

/// Services that come to the broker as deployments have them do: as a user that is no administrator.
@Suite("The services' user of the broker", .slow)
struct ServicesUserJourneyTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let password = "no/administrator"

    private func prepare(_ stack: LocalStack) async throws {
        let tool = OutsideProgram(
            program: try Programs.find("mendloop"),
            environment: ["MENDLOOP_RABBITMQ_SERVICES_PASSWORD": Self.password])
        let (status, _) = try await tool.run(["prepare-broker", "--folder", stack.path])
        #expect(status == 0)
    }

    @Test(
        "all that services and console do it may do, also after the broker's fall; it declares nothing else, and sees no management"
    )
    func plain() async throws {
        let stack = try LocalStack.temporary(.single)
        try await stack.start()
        let (clock, epoch) = SimulationConfiguration.morningClock(factor: 1440)
        let services = try ServiceProcesses(
            stack: stack,
            environment: [
                "MENDLOOP_TIME_EPOCH": RFC3339.format(epoch), "MENDLOOP_TIME_SCALE": "1440",
                "MENDLOOP_LOG_LEVEL": "warning", "MENDLOOP_DOOR_RATE": "0",
            ])
        try await services.migrate()
        try await services.migrateDoor()
        try await prepare(stack)
        // Again, as each deployment does.
        try await prepare(stack)

        let administrator = try stack.addresses().amqpURL()
        let address = try #require(ServerURL(administrator)).by("services", password: Self.password).text
        let plain = ["MENDLOOP_AMQP_URL": address]
        for service in LocalService.allCases { try await services.start(service, environment: plain) }
        let door = try await services.startDoor(migrating: false, environment: plain)

        let installation = Installation(stack: stack, services: services, clock: clock)
        let result = try await Simulation.run(try installation.configuration(count: 12, seed: 5))
        #expect(result.differences == [])

        // Queues of queries do not survive: each service has to declare its own anew.
        try await stack.broker.kill()
        try await stack.broker.start()
        let client = try TestClient(url: administrator)
        try await eventually(within: .seconds(60), "intake answers again") {
            (try? await client.ask(IntakeTotalsQuery())) != nil
        }
        await client.close()
        let token = try BearerToken.make(
            for: "li.na", roles: ["agent"], until: Date().addingTimeInterval(3600),
            secret: try stack.addresses().tokenSecret)
        let python = OutsideProgram(
            program: URL(fileURLWithPath: "/usr/bin/python3"),
            environment: ["MENDLOOP_DOOR_URL": try #require(door.doorURL), "MENDLOOP_TOKEN": token])
        let (status, output) = try await python.run([
            Self.root.appending(path: "examples/http/report_and_follow.py").path
        ])
        #expect(status == 0)
        #expect(output.contains("followed converted "))

        for copy in services.copies {
            let log = try String(contentsOfFile: "\(stack.path)/log/\(copy.name).log", encoding: .utf8)
            #expect(!log.contains("ACCESS_REFUSED"), "\(copy.name)")
        }
        try await expectPlain(address, stack)
        try await installation.stop()
    }

    private func expectPlain(_ address: String, _ stack: LocalStack) async throws {
        let there = try await stack.rabbitmqctl("--quiet", "list_users", "--no-table-headers")
        #expect(there.split(separator: "\n").contains("services\t[]"))
        let broker = AMQPAdministrator(try AMQPConfiguration(url: address, connectionName: "test"))
        let wanted: [Topology] = [
            .init(queues: [.init("intake.commands.copy")]), .init(queues: [.init("intake.commands")]),
            .init(exchanges: [.init("x", kind: .topic)]),
            .init(bindings: [.init(queue: "intake.events", exchange: MendloopTopology.events, key: "#")]),
        ]
        for topology in wanted {
            #expect(try await refused { try await broker.declare(topology) }, "\(topology)")
        }
        #expect(try await refused { try await broker.delete(queue: "intake.commands") })
        #expect(try await refused { _ = try await broker.take(from: MendloopTopology.billingLog) })
        await broker.close()
    }

    private func refused(_ act: () async throws -> Void) async throws -> Bool {
        do {
            try await act()
            return false
        } catch AMQPError.closedByPeer(403, _) {
            return true
        }
    }
}
