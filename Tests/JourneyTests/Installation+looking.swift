import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting

/// What six services say of themselves; equal where nothing has happened between.
struct InstallationTotals: Equatable {
    var intake: IntakeTotals
    var dispatch: DispatchTotals
    var fieldService: FieldServiceTotals
    var inventory: InventoryTotals
    var billing: BillingTotals
    var ledger: LedgerTotals
    var feedback: FeedbackTotals
}

extension Installation {
    func totals() async throws -> InstallationTotals {
        let client = try TestClient(url: try stack.addresses().amqpURL())
        let totals = InstallationTotals(
            intake: try await client.ask(IntakeTotalsQuery()), dispatch: try await client.ask(DispatchTotalsQuery()),
            fieldService: try await client.ask(FieldServiceTotalsQuery()),
            inventory: try await client.ask(InventoryTotalsQuery()),
            billing: try await client.ask(BillingTotalsQuery()), ledger: try await client.ask(LedgerTotalsQuery()),
            feedback: try await client.ask(FeedbackTotalsQuery()))
        await client.close()
        return totals
    }

    /// Waits until every message is through: none in a queue or on its way out of one, none in an outbox, none parked or
    /// dead. As long as that takes: after thousands of reports it is every event of theirs, once more.
    func drains() async throws {
        try await eventually(within: .seconds(1_800), "everything is through") {
            // Tables and queues cannot be seen in one moment, and a message could go from where we look next to where we
            // have looked: so nothing may have been handled or told between two looks at the tables.
            let before = try await stored()
            guard before.waiting == 0, try await waiting() == 0 else { return false }
            return try await stored() == before
        }
    }

    /// Messages that wait in tables, and how many were ever handled and told: what only grows.
    private func stored() async throws -> (waiting: Int, ever: Int) {
        func sum(_ part: (LocalService) -> String) -> String {
            LocalService.allCases.map(part).joined(separator: " + ")
        }
        let waiting = sum {
            """
            (SELECT count(*) FROM \($0.role).outbox)
                + (SELECT count(*) FROM \($0.role).parked_message WHERE state IN ('parked', 'dead'))
            """
        }
        let ever = sum {
            "(SELECT count(*) FROM \($0.role).inbox) + (SELECT last_value FROM \($0.role).outbox_id_seq)"
        }
        let row = try await stack.sql("SELECT \(waiting), \(ever)").trimmingCharacters(in: .newlines)
        let numbers = row.split(separator: "|").compactMap { Int($0) }
        guard numbers.count == 2 else { throw Unreadable(row: row) }
        return (numbers[0], numbers[1])
    }

    /// Messages in the services' queues, those that somebody holds unacknowledged included.
    private func waiting() async throws -> Int {
        let queues = try await stack.rabbitmqctl(
            "--quiet", "list_queues", "-p", StackAddresses.mainName, "name", "messages", "--no-table-headers")
        return queues.split(separator: "\n").reduce(0) { sum, line in
            let parts = line.split(separator: "\t")
            let isOurs = LocalService.allCases.contains { parts[0].hasPrefix($0.name + ".") }
            return isOurs ? sum + (Int(parts[1]) ?? 0) : sum
        }
    }

    /// Whether console holds no message and has none waiting.
    func doorIsIdle() async throws -> Bool {
        let queues = try await stack.rabbitmqctl(
            "--quiet", "list_queues", "-p", StackAddresses.mainName, "name", "messages", "--no-table-headers")
        return queues.split(separator: "\n").contains { $0 == "console.events\t0" }
    }

    /// All that console has gathered, versions apart: they count how often something changed.
    func gathered() async throws -> [String] {
        let views = ["contact", "contract", "customer", "device", "engineer", "order", "site"].map { kind in
            "SELECT '\(kind)_view ' || id || ' ' || state::text FROM console.\(kind)_view"
        }
        let lines = "SELECT 'story_line ' || source || ' ' || message_id || ' ' || line FROM console.story_line"
        return try await stack.sql((views + [lines]).joined(separator: " UNION ALL ")).split(separator: "\n")
            .map(String.init)
    }

    /// Which copy of a service holds a lease, and the lease's fencing number.
    func holder(of lease: String, _ service: LocalService) async throws -> (copy: Int, fence: Int) {
        let row = try await stack.sql("SELECT holder, fence FROM \(service.role).lease WHERE name = '\(lease)'")
        let parts = row.trimmingCharacters(in: .newlines).split(separator: "|")
        guard parts.count == 2, let copy = parts[0].split(separator: "-").last.flatMap({ Int($0) }),
            let fence = Int(parts[1])
        else { throw Unreadable(row: row) }
        return (copy, fence)
    }

    private struct Unreadable: Error { let row: String }
}
