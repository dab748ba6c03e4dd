import ArgumentParser
import DomainContracts
import Foundation
import Routing
import Testing

@testable import MendloopCLI

@Suite("The verbs, as typed and as printed")
struct VerbTests {
    @Test("a list of dead letters says which, why, and how many in all")
    func deadList() {
        let letter = DeadLetter(
            id: 12, state: "dead", source: "/adapters/wechat", messageId: "m",
            routingKey: "intake.report-repair.wechat",
            attempts: 1, reason: "undecodable", detail: "no JSON", parkedAt: Date(timeIntervalSince1970: 0))
        let text = DeadListing.text([
            DeadListing(service: "intake", counts: ["dead": 1, "refused": 2], matching: 1, letters: [letter]),
            DeadListing(service: "billing", counts: ["parked": 3], matching: 3, letters: []),
        ])
        let lines = text.split(separator: "\n")
        #expect(lines[1].hasPrefix("intake   12  dead   undecodable  1970-01-01 00:00:00"))
        #expect(text.contains("the newest 1 of 4; in all 1 dead, 3 parked, 2 refused, 0 discarded"))
        #expect(DeadListing.text([]).hasPrefix("nothing"))
    }

    @Test("letters are chosen by number, or all of one reason; nothing in between")
    func choice() throws {
        #expect(try LetterChoice.parse(["billing", "3", "4"]).ids == [3, 4])
        for options in [
            ["--reason", "handler-failed"], ["--type", "intake.report-repair"], ["--story", "WO-20261121-000042"],
            ["--since", "2026-11-21T08:00:00+08:00", "--until", "2026-11-22T00:00:00Z"],
        ] {
            #expect(try LetterChoice.parse(["billing", "--all"] + options).all)
            #expect(throws: Never.self) { try DeadList.parse(options) }
        }
        for wrong in [
            ["billing"], ["billing", "--all"], ["billing", "3", "--all"], ["billing", "3", "--reason", "x"],
            ["bill", "3"], ["billing", "--since", "yesterday", "--all"],
        ] {
            #expect(throws: (any Error).self) { try LetterChoice.parse(wrong) }
        }
    }

    @Test("a planned route says after how many of its stops it calls at the depot, which is none of them")
    func depotAfter() throws {
        let problem = try RoutingProblem(
            jobs: (1...2).map {
                .init(location: $0, service: 1, windows: [0...90], prize: 1, fetchedBy: $0 == 2 ? [0] : [])
            },
            vehicles: [.init(start: 0, end: 0, shift: 0...90, depot: Depot(location: 1))],
            travel: TravelMatrix(size: 3, values: [0, 1, 2, 1, 0, 1, 2, 1, 0]))
        func line(_ route: [Int], _ unserved: [Int]) -> TechnicianPlan.Route {
            Route.Result(RoutingPlan(routes: [route], unserved: unserved), of: problem, 0, cost: 0) { .number($0) }
                .routes[0]
        }
        #expect(line([0, 2, 1], []).depotAfter == 1 && line([0, 2, 1], []).stops == [.number(0), .number(1)])
        #expect(line([0], [1]).depotAfter == nil)
    }

    @Test("a file of routes that cannot be planned is refused with its reason")
    func route() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString).json")
        try Data(#"{"travelSeconds": [[0]], "jobs": [{"id": 1}], "engineers": []}"#.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        for (format, word) in [("technician", "/jobs/0/location is required"), ("solomon", "capacity")] {
            let error = #expect(throws: ValidationError.self) {
                try Route.parse([file.path, "--format", format]).run()
            }
            #expect(error?.message.contains(word) == true)
        }
        #expect(throws: (any Error).self) { try Route.parse(["x", "--format", "solomon", "--threads", "2"]) }
        #expect(throws: (any Error).self) { try Route.parse(["x", "--format", "solomon", "--budget", "0"]) }
    }

    @Test(
        "a work order is named by number, request number or id",
        arguments: ["wo-20261121-000042", "SR-1", "019AA3F2-5C00-7000-8000-000000000100"])
    func reference(text: String) {
        #expect(WorkOrderReference(argument: text) != nil)
        #expect(WorkOrderReference(argument: "42") == nil)
    }

    @Test("a name without dots is listened to in any version")
    func patterns() {
        #expect(Listen.patterns([]) == ["#"])
        #expect(Listen.patterns(["visit-ended", "billing.#"]) == ["*.visit-ended.#", "billing.#"])
    }

    @Test(
        "every example is what its command decodes, with an id of its own each time",
        arguments: ContractExample.all.map(\.name))
    func examples(name: String) throws {
        let example = try #require(ContractExample.named(name).first)
        let message = try TriggeredMessage(example, channel: "phone", id: nil, changes: [])
        try Self.decode(example.command, Data(message.outgoing.body))
        let again = try TriggeredMessage(example, channel: "phone", id: nil, changes: [])
        #expect(message.outgoing.properties.messageID != again.outgoing.properties.messageID)
        #expect(!String(decoding: message.outgoing.body, as: UTF8.self).contains("$"))
    }

    @Test("members are set by pointer; what is named is no longer made up")
    func changes() throws {
        let example = try #require(ContractExample.named("intake.cancel").first)
        #expect(try TriggeredMessage(example, channel: "x", id: "1", changes: []).open == ["/data/workOrderId"])
        let id = "019aa3f2-5c00-7000-8000-000000000100"
        let message = try TriggeredMessage(
            example, channel: "x", id: "1",
            changes: [MemberChange("/data/workOrderId=\(id)"), MemberChange("/data/expectedVersion=3")])
        #expect(message.open == [])
        let event = try WireJSON.decoder().decode(CloudEvent<CancelWorkOrder>.self, from: Data(message.outgoing.body))
        #expect(event.data.expectedVersion == 3)
        #expect(event.envelope.partitionkey == id)
        #expect(throws: (any Error).self) { try MemberChange("urgency=high") }

        // What was text stays text.
        let report = try #require(ContractExample.named("report-repair").first)
        let changed = try TriggeredMessage(
            report, channel: "x", id: "1", changes: [MemberChange("/data/customer/phone=110")])
        let sent = try WireJSON.decoder().decode(CloudEvent<ReportRepair>.self, from: Data(changed.outgoing.body))
        #expect(sent.data.customer?.phone == "110")
    }

    private static func decode<C: Command>(_ command: C.Type, _ body: Data) throws {
        let event = try WireJSON.decoder().decode(CloudEvent<C>.self, from: body)
        #expect(event.envelope.type == C.wireType)
    }
}
