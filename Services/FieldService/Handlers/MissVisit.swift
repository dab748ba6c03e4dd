import DomainContracts
import Foundation
import ServiceKit

/// The window passed and nobody checked in.
struct MissVisit: TimerHandler {
    static let kind = "visit-window-over"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(Visit.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var visit = turn.get(Visit.self, timer.id), let window = visit.window, window.end <= turn.now,
            visit.take(.miss, at: turn.now, by: "timer")
        else { return }
        turn.set(visit, timer.id)
        turn.takeOffList(visit)
        turn.emit(
            VisitMissed(
                visitId: visit.visitId, workOrderId: visit.workOrderId, engineerId: visit.engineerId, window: window,
                missedAt: turn.now),
            about: Visit.self, timer.id, story: visit.workOrderId)
    }
}
