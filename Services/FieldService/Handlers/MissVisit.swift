import DomainContracts
import Foundation
import ServiceKit

/// The window passed and nobody checked in. What an engineer does without a network comes later than he does it, and what he sent
/// while this service was down comes after its timers: ADR 0059.
struct MissVisit: TimerHandler {
    static let kind = "visit-window-over"
    /// How long after the window's end a check-in may still come, seconds.
    static let grace: TimeInterval = 30 * 60
    /// A timer that fires so much later than it was due fires after an outage, seconds.
    private static let outage: TimeInterval = 5 * 60
    /// What was sent during an outage is heard by then, seconds.
    static let catchUp: TimeInterval = 15 * 60

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(Visit.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var visit = turn.get(Visit.self, timer.id), let window = visit.window else { return }
        let due = window.end + Self.grace
        guard due <= turn.now, visit.take(.miss, at: turn.now, by: "timer") else { return }
        // Once: the timer that is set here is due later than the first.
        if timer.dueAt <= due, turn.now > timer.dueAt + Self.outage {
            turn.schedule(MissVisit.self, for: timer.id, at: turn.now + Self.catchUp)
            return
        }
        turn.set(visit, timer.id)
        turn.takeOffList(visit)
        turn.emit(
            VisitMissed(
                visitId: visit.visitId, workOrderId: visit.workOrderId, engineerId: visit.engineerId, window: window,
                missedAt: turn.now),
            about: Visit.self, timer.id, story: visit.workOrderId)
    }
}
