import Dispatching
import DomainContracts
import Foundation

@testable import DispatchService
@testable import ServiceKit

/// The twin of dispatch's worker: what `Dispatcher` reads by SQL it reads from memory; who goes when is decided by the
/// product's own rules. Bookings may be read a while before the rest, as they are read without locks there.
struct SimulatedDispatcher {
    let service: SimulatedService
    private static let batch = 100

    /// Jobs that the worker would take up now, the most urgent first.
    func openJobs() -> [(id: UUID, job: Job)] {
        let stamp = rosterStamp
        let open = service.all(Job.self).filter { _, job in
            job.status == .open && (job.impasse?.rosterStamp).map { $0 != stamp } ?? true
        }
        let sorted = open.sorted { a, b in
            let (left, right) = (a.value, b.value)
            if left.priority.rawValue != right.priority.rawValue {
                return left.priority.rawValue < right.priority.rawValue
            }
            let due = (left.need?.arrivalDueAt ?? .distantFuture, right.need?.arrivalDueAt ?? .distantFuture)
            if due.0 != due.1 { return due.0 < due.1 }
            if left.openedAtMilliseconds != right.openedAtMilliseconds {
                return left.openedAtMilliseconds < right.openedAtMilliseconds
            }
            return a.id.uuidString < b.id.uuidString
        }
        return sorted.prefix(Self.batch).map { ($0.id, $0.value) }
    }

    func bookings() -> [Booking] { service.all(Booking.self).map(\.value).filter(\.live) }

    /// One step of the worker; nil when there is nothing to do.
    func step(bookings: [Booking], now: Date) throws -> Transaction? {
        let jobs = openJobs()
        if jobs.isEmpty { return nil }
        let stamp = rosterStamp
        let roster = Roster(service.all(Engineer.self).map { $0.value.person($0.id, at: now) }, stamp: stamp)
        let decider = Decider(CompiledRules(try SimulatedRules.ruleSet(), roster))
        var round = DispatchRound(jobs: jobs, decider: decider, now: now.epoch)
        var board = Board(roster, range: round.range, travel: .estimate)
        for booking in bookings where booking.span.overlaps(round.range) {
            guard let member = roster.position(of: booking.engineerId) else { continue }
            board.enter(Timeline.Stop(span: booking.span, point: TravelPoint(booking.place)), of: member)
        }
        let decided = round.decide(on: board).map { (id: service.ids.next(), verdict: $0) }
        var transaction = Transaction(state: BatchState(service: .dispatch, ids: service.ids))
        service.supply(Dispatcher.keys(for: decided, storing: roster), &transaction.state)
        for (id, verdict) in decided {
            try transaction.state.workerTurn(now: now, story: verdict.workOrderId) { turn in
                _ = turn.carryOut(verdict, as: id, on: roster)
            }
        }
        return transaction
    }

    private var rosterStamp: Int {
        service.keys[Engineer.table, default: []].reduce(0) { $0 + (service.stored[$1]?.version ?? 0) }
    }
}
