import DomainContracts
import Foundation
import ServiceKit

/// Nobody disputed the report in time: it counts as confirmed.
struct LetConfirmationPass: TimerHandler {
    static let kind = "confirmation-deadline"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(OrderBrief.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        // A newer report set the timer anew: this one is of the past.
        guard let order = turn.get(OrderBrief.self, timer.id), let awaited = order.awaiting,
            awaited.deadline <= turn.now, let report = turn.get(ServiceReport.self, awaited.reportId)
        else { return }
        turn.confirm(order, timer.id, report, CustomerWord(at: turn.now, by: "timer", how: .deadline))
    }
}
