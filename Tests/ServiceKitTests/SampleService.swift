import DomainContracts
import Foundation
import Postgres
import ServiceKit
import Synchronization

/// A small service that uses every part of the kit: it counts acceptances per engineer, opens accounts for work orders,
/// and keeps a book.
enum Sample {
    static func definition(broken: SwitchableFault = SwitchableFault()) throws -> ServiceDefinition {
        var service = ServiceDefinition(
            .dispatch, migrations: [try Migration(file: "V0001_sample.sql", sql: Array(schema.utf8))])
        service.commands(CountAcceptance(fault: broken), PostMovedWindow())
        service.events(OpenAccount(), CloseAccount())
        service.timers(RemindAccount())
        service.queries(CountTotals())
        service.workers(SettleOpenAccounts())
        return service
    }

    private static let schema = """
        CREATE TABLE tally (id uuid PRIMARY KEY, version bigint NOT NULL, state jsonb NOT NULL,
            count bigint GENERATED ALWAYS AS ((state->>'count')::bigint) STORED CHECK (count >= 0));
        CREATE TABLE account (id uuid PRIMARY KEY, version bigint NOT NULL, state jsonb NOT NULL,
            status text GENERATED ALWAYS AS (state->>'status') STORED
                CHECK (status IN ('open', 'reminded', 'settled', 'closed')));
        CREATE TABLE sample_entry (book text NOT NULL, series integer NOT NULL, sequence bigint NOT NULL,
            PRIMARY KEY (book, series, sequence));
        CREATE SEQUENCE tally_number;
        """
}

/// Lets a test make a handler fail, and stop failing.
final class SwitchableFault: Sendable {
    private let isOn = Mutex(false)
    func set(_ on: Bool) { isOn.withLock { $0 = on } }
    var isSet: Bool { isOn.withLock { $0 } }
}

struct Tally: Aggregate, Equatable {
    static let table = "tally"
    var count = 0
    var lastNumber = 0
}

struct Account: Aggregate, Equatable {
    static let table = "account"
    var status: String
    var historyStatus: String? { status }
}

struct SampleEntry: FactRow {
    static let table = "sample_entry"
    static let columns = ["book", "series", "sequence"]
    let book: String
    let series: Int
    let sequence: Int
}

/// Counts per engineer; refuses an engineer whose id is nil-like; writes a count that the schema forbids while broken.
struct CountAcceptance: CommandHandler {
    let fault: SwitchableFault

    func keys(_ command: AcceptAssignment, _ keys: inout Keys) { keys.need(Tally.self, command.engineerId) }

    func decide(_ command: AcceptAssignment, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if command.assignmentId == command.engineerId {
            throw .conflict("same", "An engineer is no assignment")
        }
        var tally = turn.get(Tally.self, command.engineerId) ?? Tally()
        tally.count = fault.isSet ? -1 : tally.count + 1
        tally.lastNumber = turn.nextNumber("tally_number")
        turn.set(tally, command.engineerId)
        turn.emit(
            AssignmentAccepted(
                assignmentId: command.assignmentId, workOrderId: command.assignmentId, workOrderNumber: "WO-1",
                engineerId: command.engineerId, round: tally.count,
                proposedWindow: TimeWindow(start: turn.now, end: turn.now), acceptedAt: turn.now),
            about: Tally.self, command.engineerId, story: command.assignmentId)
        return Acknowledgement(
            subject: Tally.subject(command.engineerId), version: turn.version(Tally.self, command.engineerId))
    }
}

/// Posts to a gapless book.
struct PostMovedWindow: CommandHandler {
    func decide(_ command: BookSlot, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let now = turn.now
        turn.post(toBook: "main", story: command.assignmentId) { place in
            (
                event: LedgerEntryPosted(
                    book: "main", series: place.series, sequence: place.sequence, entryId: command.assignmentId,
                    postedAt: now,
                    memo: "test"),
                subject: "ledger-entry/\(command.assignmentId)",
                row: SampleEntry(book: "main", series: place.series, sequence: place.sequence)
            )
        }
        return Acknowledgement(subject: "book/main", version: 1)
    }
}

struct OpenAccount: EventHandler {
    func keys(_ event: WorkOrderOpened, _ keys: inout Keys) { keys.need(Account.self, event.workOrderId) }

    func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
        guard turn.get(Account.self, event.workOrderId) == nil else { return .applied }
        turn.set(Account(status: "open"), event.workOrderId)
        turn.note("opened", about: Account.self, event.workOrderId)
        turn.schedule(RemindAccount.self, for: event.workOrderId, at: turn.now.addingTimeInterval(3600))
        return .applied
    }
}

/// Comes too early while the account is not open. Asks for its state without having named it.
struct CloseAccount: EventHandler {
    func decide(_ event: WorkOrderClosed, _ turn: inout Turn) -> EventOutcome {
        guard var account = turn.get(Account.self, event.workOrderId) else {
            return .notYet(waitingFor: "work-order/\(event.workOrderId.uuidString.lowercased())")
        }
        account.status = "closed"
        turn.set(account, event.workOrderId)
        turn.cancel(RemindAccount.self, for: event.workOrderId)
        return .applied
    }
}

struct RemindAccount: TimerHandler {
    static let kind = "remind-account"

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var account = turn.get(Account.self, timer.id) else { return }
        account.status = "reminded"
        turn.set(account, timer.id)
    }
}

/// Settles reminded accounts in the background: those that it has seen before its transaction.
final class SettleOpenAccounts: Worker {
    let name = "settle"
    let watched: Set<String> = [Account.table]
    private let seen = Mutex<[UUID]>([])

    func prepare(_ pool: PostgresPool, now: Date) async throws {
        let rows = try await pool.query("SELECT id FROM account WHERE status = 'reminded' LIMIT 10")
        let ids = try rows.map { try $0.get("id", as: UUID.self) }
        seen.withLock { $0 = ids }
    }

    func step(_ session: inout WorkSession) async throws -> Bool {
        let ids = seen.withLock(\.self)
        var keys = Keys()
        keys.need(Account.self, ids)
        try await session.load(keys)
        for id in ids {
            try session.decide(story: id) { turn in
                turn.set(Account(status: "settled"), id)
            }
        }
        return !ids.isEmpty
    }
}

struct CountTotals: QueryHandler {
    func answer(_ query: DispatchTotalsQuery, on connection: PostgresConnection) async throws -> DispatchTotals {
        let rows = try await connection.query("SELECT coalesce(sum(count), 0)::bigint AS n FROM tally")
        return DispatchTotals(
            doubleBookings: 0, travelMinutes: 0, engineers: try rows.first?.get("n", as: Int.self) ?? 0)
    }
}

extension WorkOrderOpened {
    static func sample(_ id: UUID) -> WorkOrderOpened {
        WorkOrderOpened(
            workOrderId: id, workOrderNumber: "WO-1", requestId: id, status: .pendingDispatch, receivedAt: Date(),
            channel: "web", customerId: id, contactId: id, serviceType: .repair, serviceMode: .onSite, priority: .p3,
            problem: "leaks",
            entitlement: Entitlement(
                kind: .none, cover: Cover(labour: false, parts: false, travel: false), responseLevel: .standard,
                reason: CodedReason(code: "none")),
            language: "en")
    }
}

extension WorkOrderClosed {
    static func sample(_ id: UUID) -> WorkOrderClosed {
        WorkOrderClosed(
            workOrderId: id, workOrderNumber: "WO-1", status: .closed, closureCode: .followUp, closedAt: Date(),
            figures: WorkOrderFigures(
                receivedAt: Date(), pausedSeconds: 0, visits: 1, reachedInProgress: true, resolvedRemotely: false,
                rework: false, serviceType: .repair))
    }
}
