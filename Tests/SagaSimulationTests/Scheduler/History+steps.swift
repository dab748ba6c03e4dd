import DomainContracts
import Foundation

@testable import DispatchService
@testable import ServiceKit

/// What may happen next.
extension History {
    enum Step: CaseIterable {
        case deliver, relay, timers, parked, worker, crew, planner, world, clock, jump, outage, confirm
    }

    /// Anything that can happen may, at any time.
    func chaoticStep() throws {
        steps += 1
        let up = order.filter { !$0.isDown }
        let hasDue = up.contains { $0.nextDue.map { $0 <= now } ?? false }
        let weights = [
            300, 200, hasDue ? 80 : 0, 30, 60, 30, 20, 300, 20, temper.impatience, temper.outage,
            unconfirmed.isEmpty ? 0 : 30,
        ]
        switch dice.weighted(weights).map({ Step.allCases[$0] }) {
        case .deliver: if let service = dice.pick(up.filter { !$0.queue.isEmpty }) { try deliver(to: service) }
        case .relay: if let service = dice.pick(up.filter { !$0.outbox.isEmpty }) { try relay(service) }
        case .timers: if let service = dice.pick(up) { try fireTimers(of: service) }
        case .parked: if let service = dice.pick(up) { try retryParked(of: service) }
        case .worker: try work()
        case .crew: try findHelpers()
        case .planner: try plan()
        case .world: try world.act(in: self, isDutiful: false)
        case .clock: advance(to: now.addingTimeInterval(Double(dice.number(1..<900))))
        case .jump: jump()
        case .outage: toggleOutage()
        case .confirm:
            enqueue(unconfirmed.removeFirst())
        case nil: break
        }
    }

    /// What is on its way arrives, what is due fires, and people do their duty; false when nothing is left to happen.
    func settlingStep() throws -> Bool {
        steps += 1
        if let service = dice.pick(order.filter { !$0.queue.isEmpty || !$0.outbox.isEmpty }) {
            try relay(service)
            try deliver(to: service)
            return true
        }
        if let service = order.first(where: { $0.nextDue.map { $0 <= now } ?? false }) {
            try fireTimers(of: service)
            try retryParked(of: service)
            return true
        }
        if try work() { return true }
        if try findHelpers() { return true }
        // Some things are left to their deadlines.
        if !dice.chance(80), try world.act(in: self, isDutiful: true) { return true }
        if order.contains(where: { $0.nextDue != nil }) {
            jump()
            return true
        }
        return try world.act(in: self, isDutiful: true)
    }

    func advance(to date: Date) {
        now = max(now, date).inWholeMilliseconds
        trace.note("clock \(RFC3339.format(now))")
    }

    /// To when the next thing is due, and sometimes past it.
    private func jump() {
        guard let next = order.compactMap(\.nextDue).min() else { return }
        advance(to: next.addingTimeInterval(dice.chance(700) ? 0 : Double(dice.number(0..<7200))))
    }

    private func toggleOutage() {
        guard let service = dice.pick(order) else { return }
        service.isDown.toggle()
        trace.note("\(service.name) \(service.isDown ? "goes down" : "comes back")")
    }
}

extension History {
    func deliver(to service: SimulatedService, faultless: Bool = false) throws {
        guard !service.queue.isEmpty else { return }
        let count = faultless ? 1 : min(service.queue.count, dice.number(1..<temper.largestBatch + 1))
        var taken: [SimulatedMessage] = []
        for _ in 0..<count {
            let isDisordered = !faultless && dice.chance(temper.disorder)
            taken.append(service.queue.remove(at: isDisordered ? dice.number(0..<service.queue.count) : 0))
        }
        let committed = try transact(service, taken.map { .delivery($0) }, "takes", faultless: faultless)
        // Not acknowledged: the broker delivers them again.
        if committed != .acknowledged { service.queue.insert(contentsOf: taken, at: 0) }
    }

    func fireTimers(of service: SimulatedService) throws {
        let due = service.dueTimers(at: now)
        guard !due.isEmpty else { return }
        let count = dice.chance(300) ? 1 : due.count
        try transact(service, due.prefix(count).map { .timer($0.timer.key) }, "fires")
    }

    func retryParked(of service: SimulatedService) throws {
        let due = service.parked.filter { $0.nextAttempt <= now }
        guard !due.isEmpty else { return }
        try transact(service, due.map { .parked($0.id) }, "retries")
    }

    @discardableResult
    func work() throws -> Bool {
        let service = self[.dispatch]
        guard !service.isDown else { return false }
        let dispatcher = SimulatedDispatcher(service: service)
        let bookings = staleBookings ?? dispatcher.bookings()
        // The next step may decide by what is read now.
        staleBookings = dice.chance(100) ? dispatcher.bookings() : nil
        guard let transaction = try dispatcher.step(bookings: bookings, now: now) else { return false }
        try finish(service, transaction, "works", faultless: false)
        return true
    }

    @discardableResult
    func findHelpers() throws -> Bool {
        let service = self[.dispatch]
        guard !service.isDown, let transaction = try SimulatedCrewFinder(service: service).step(now: now) else {
            return false
        }
        try finish(service, transaction, "finds helpers", faultless: false)
        return true
    }

    /// The planner carries out what it has thought of, now or a while ago, or thinks.
    func plan() throws {
        let service = self[.dispatch]
        guard !service.isDown else { return }
        let planner = SimulatedDayPlanner(service: service)
        if draft == nil { draft = try planner.think(&dice, now: now) }
        guard let thought = draft, !dice.chance(300) else { return }
        draft = nil
        try finish(service, try planner.step(thought, now: now), "plans", faultless: false)
    }

    /// Publishes the oldest rows of the outbox, and deletes those that are through.
    func relay(_ service: SimulatedService, faultless: Bool = false) throws {
        guard !service.outbox.isEmpty else { return }
        let count = faultless ? service.outbox.count : dice.number(1..<service.outbox.count + 1)
        let rows = Array(service.outbox.prefix(count))
        trace.note("\(service.name) publishes \(rows.map(\.message.name).joined(separator: ", "))")
        guard !faultless, dice.chance(temper.relayFault) else {
            for row in rows { publish(row.message) }
            service.outbox.removeFirst(count)
            return
        }
        if dice.chance(500) {
            // It dies between the confirms and the deletion.
            for row in rows { publish(row.message) }
            trace.note("\(service.name) dies before it deletes them")
            return
        }
        // The broker does not take one of them: what lies behind it of the same subject goes again, too.
        let nacked = dice.number(0..<count)
        let subject = rows[nacked].message.envelope.subject ?? ""
        for (index, row) in rows.enumerated() where index != nacked { publish(row.message) }
        let stuck = Set(
            rows[nacked...].filter { ($0.message.envelope.subject ?? "") == subject }.map(\.id))
        service.outbox.removeAll { row in row.id <= rows[count - 1].id && !stuck.contains(row.id) }
        trace.note("the broker did not take \(rows[nacked].message.name)")
    }
}

extension History {
    enum Ending { case lost, committed, acknowledged }

    @discardableResult
    func transact(
        _ service: SimulatedService, _ claims: [Transaction.Claim], _ verb: String, faultless: Bool = false
    ) throws -> Ending {
        try finish(service, try service.decide(claims, now: now), verb, faultless: faultless)
    }

    /// Commits, unless the process dies before.
    @discardableResult
    func finish(
        _ service: SimulatedService, _ transaction: Transaction, _ verb: String, faultless: Bool
    ) throws -> Ending {
        trace.note(describe(service, transaction, verb))
        if !faultless, dice.chance(temper.crashBeforeCommit) {
            trace.note("\(service.name) dies before the commit")
            return .lost
        }
        let rate = temper.encoded
        let commit = try service.commit(transaction, now: now) { _ in rate > 0 && self.dice.chance(rate) }
        handled += commit.handled.count
        for case (let item, .done) in commit.handled.map({ ($0.item, $0.verdict) }) {
            exercised[item.envelope.type, default: 0] += 1
        }
        for case .timer(let timer) in commit.handled.map(\.item.origin) { exercised[timer.kind, default: 0] += 1 }
        trace.note("  \(commit.changes.map(Self.describe).joined(separator: ", "))")
        try readBack(commit, in: service)
        watch.check(commit, self)
        if !faultless, dice.chance(temper.crashAfterCommit) {
            trace.note("\(service.name) dies after the commit")
            return .committed
        }
        return .acknowledged
    }

    /// Some states are read back from the document they are stored as: nothing may be lost on the way.
    private func readBack(_ commit: Commit, in service: SimulatedService) throws {
        for change in commit.changes where dice.chance(temper.encoded / 3) {
            let version = service.stored[change.key]?.version ?? 0
            service.stored[change.key] = .init(value: try Self.copy(change.after), version: version)
        }
    }

    private static func copy<A: Aggregate>(_ aggregate: A) throws -> A {
        try WireJSON.decoder().decode(A.self, from: WireJSON.encoder().encode(aggregate))
    }

    private func describe(_ service: SimulatedService, _ transaction: Transaction, _ verb: String) -> String {
        let items = zip(transaction.items, transaction.verdicts).map { item, verdict in
            "\(item.envelope.nameInTrace) \(Self.word(verdict))"
        }
        return "\(service.name) \(verb) \(items.joined(separator: ", "))"
    }

    private static func describe(_ change: Commit.Change) -> String {
        let status = change.after.historyStatus.map { " \($0)" } ?? ""
        return "\(change.key.table) \(change.key.id.uuidString.lowercased().suffix(4))\(status)"
    }

    private static func word(_ verdict: BatchVerdict) -> String {
        switch verdict {
        case .done: "done"
        case .refused(let answer): "refused (\(String(decoding: answer.data.prefix(60), as: UTF8.self)))"
        case .repeated: "repeated"
        case .waits(let subject): "waits for \(subject.suffix(4))"
        case .fired: "fired"
        }
    }
}
