import DomainContracts
import Foundation
import ServiceKit

/// Looks at an order's clocks when the next warning or breach is due.
struct WatchClocks: TimerHandler {
    static let kind = "watch-clocks"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(WorkOrder.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard let before = turn.get(WorkOrder.self, timer.id) else { return }
        var order = before
        let finding = order.watchClocks(now: turn.now)
        turn.set(order, order.id)
        switch finding {
        case .warned(let clock):
            turn.emit(
                SLAClockWarned(
                    workOrderId: order.id, workOrderNumber: order.number, clock: clock,
                    responsible: order.status.responsible),
                about: WorkOrder.self, order.id, story: order.id)
        case .breached(let clock):
            turn.emit(
                SLAClockBreached(
                    workOrderId: order.id, workOrderNumber: order.number, clock: clock,
                    responsible: order.status.responsible),
                about: WorkOrder.self, order.id, story: order.id)
            // A message of its own, because one message tells one piece of news about an order.
            turn.schedule(Escalate.self, for: order.id, at: turn.now, discriminator: clock.clock.rawValue)
        case nil: turn.note("clocks-watched", about: WorkOrder.self, order.id)
        }
        // It has just fired: it is set again even for the same moment.
        if let next = order.watchClocksAt { turn.schedule(WatchClocks.self, for: order.id, at: next) }
    }
}
