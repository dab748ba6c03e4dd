import AMQP
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

/// The next release's news of a closed order, which this one has not heard of.
private struct WorkOrderClosedAnew: Event {
    static let service = WorkOrderClosed.service
    static let wireName = WorkOrderClosed.wireName
    static let version = 2
    var workOrderId: UUID
}

private struct CloseAccountAnew: EventHandler {
    func keys(_ event: WorkOrderClosedAnew, _ keys: inout Keys) { keys.need(Account.self, event.workOrderId) }

    func decide(_ event: WorkOrderClosedAnew, _ turn: inout Turn) -> EventOutcome {
        guard var account = turn.get(Account.self, event.workOrderId) else {
            return .notYet(waitingFor: "work-order/\(event.workOrderId.uuidString.lowercased())")
        }
        account.status = "closed"
        turn.set(account, event.workOrderId)
        return .applied
    }
}

/// A timer of the next release's.
private struct RemindAnew: TimerHandler {
    static let kind = "remind-anew"

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var account = turn.get(Account.self, timer.id) else { return }
        account.status = "closed"
        turn.set(account, timer.id)
    }
}

@Suite("Two releases side by side")
struct RollingUpgradeTests {
    @Test("an event of the next release is put aside by an old copy, and handled once a new one stands beside it")
    func newerEvent() async throws {
        let old = try Sample.definition()
        var new = try Sample.definition()
        new.events(CloseAccountAnew())
        let site = try await TestSite.fresh(old)
        try await bindNewerEvent(site)
        // Long enough for the new copy to come, whichever of the two looks at it meanwhile.
        let ladder = RetryLadder(
            afterFault: Array(repeating: .milliseconds(50), count: 400), whileEarly: [.milliseconds(50)])
        let oldCopy = try await RunningService.start(old, on: site, ladder: ladder)
        let client = try oldCopy.client()
        let id = UUID()
        _ = try await client.send(try client.message(WorkOrderOpened.sample(id), story: id))
        _ = try await client.send(try client.message(WorkOrderClosedAnew(workOrderId: id), story: id))
        try await eventually("the old copy has put it aside") {
            let rows = try await site.pool.query("SELECT reason, state FROM parked_message")
            return try rows.first.map { try $0.get("reason") == "unknown-type" && $0.get("state") == "parked" } ?? false
        }
        let newCopy = try await RunningService.start(new, on: site, ladder: ladder)
        try await eventually("the new copy has handled it") {
            let rows = try await site.pool.query("SELECT status FROM account WHERE id = \(id)")
            return try rows.first?.get("status") == "closed"
        }
        #expect(try await site.pool.query("SELECT 1 AS x FROM parked_message").isEmpty)
        await oldCopy.stop()
        await newCopy.stop()
    }

    @Test("a timer of the next release waits beside an old copy's own, until a new one stands beside it")
    func newerTimer() async throws {
        let time = ManualTime()
        let old = try Sample.definition()
        var new = try Sample.definition()
        new.timers(RemindAnew())
        let site = try await TestSite.fresh(old)
        let oldCopy = try await RunningService.start(old, on: site, clock: .manual(time))
        let client = try oldCopy.client()
        let id = UUID()
        _ = try await client.send(try client.message(WorkOrderOpened.sample(id), story: id))
        try await eventually("the account is open") {
            try await !site.pool.query("SELECT 1 AS x FROM timer").isEmpty
        }
        let due = time.now.addingTimeInterval(60)
        _ = try await site.pool.execute(
            "INSERT INTO timer (kind, aggregate_id, discriminator, due_at) VALUES ('remind-anew', \(id), '', \(due))")
        time.advance(by: .seconds(7200))
        // Its own, which is due later, is fired.
        try await eventually("the account is settled") {
            let rows = try await site.pool.query("SELECT status FROM account WHERE id = \(id)")
            return try rows.first?.get("status") == "settled"
        }
        let left = try await site.pool.query("SELECT kind FROM timer")
        #expect(try left.map { try $0.get("kind", as: String.self) } == ["remind-anew"])
        let newCopy = try await RunningService.start(new, on: site, clock: .manual(time))
        try await eventually("the new copy has fired it") {
            let rows = try await site.pool.query("SELECT status FROM account WHERE id = \(id)")
            return try rows.first?.get("status") == "closed"
        }
        #expect(try await site.pool.query("SELECT 1 AS x FROM timer").isEmpty)
        await oldCopy.stop()
        await newCopy.stop()
    }

    @Test("a command of a version that nobody comes to know is tried until its ladder ends, and dead with its reason")
    func newerCommand() async throws {
        let ladder = RetryLadder(afterFault: [.milliseconds(20), .milliseconds(20)], whileEarly: [])
        let service = try await RunningService.start(try Sample.definition(), ladder: ladder)
        let client = try service.client()
        let envelope = Envelope(
            id: "newer", source: "/test", type: AcceptAssignment.wireType.replacing(".v1", with: ".v2"))
        let newer = try TestClient.message(
            envelope, AcceptAssignment(assignmentId: UUID(), engineerId: UUID()), exchange: MendloopTopology.commands,
            key: AcceptAssignment.routingKey())
        #expect(try await client.send(newer) == [.confirmed])
        try await eventually("it is dead") {
            let rows = try await service.pool.query("SELECT state, reason, attempts FROM parked_message")
            return try rows.first.map {
                try $0.get("state") == "dead" && $0.get("reason") == "unknown-type" && $0.get("attempts") == 3
            } ?? false
        }
        #expect(try await client.ask(DispatchTotalsQuery()).engineers == 0)
        await service.stop()
    }

    /// As the next release's `migrate` does before any copy of it runs.
    private func bindNewerEvent(_ site: TestSite) async throws {
        let administrator = AMQPAdministrator(try AMQPConfiguration(url: site.amqpURL, connectionName: "test"))
        try await administrator.declare(
            Topology(bindings: [
                .init(
                    queue: try ServiceTopology(of: .dispatch).eventQueue, exchange: MendloopTopology.events,
                    key: WorkOrderClosedAnew.routingKey())
            ]))
        await administrator.close()
    }
}
