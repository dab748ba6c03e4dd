import DomainContracts
import Foundation
import ServiceKit

/// Looks at an order's clocks when the next warning, breach or escalation is due.
struct WatchClocks: TimerHandler {
    static let kind = "watch-clocks"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.needWorkOrder(timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard let before = turn.get(WorkOrder.self, timer.id) else { return }
        var order = before
        let finding = order.watchClocks(now: turn.now, turn.calendars(of: order))
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
        case .escalates(let clock, let step, let percent):
            turn.tellEscalation(
                of: order, about: clock.clock.rawValue, step: step,
                reason: CodedReason(
                    code: clock.status == .breached ? "sla_breached" : "sla_at_risk",
                    parameters: [
                        "clock": clock.clock.rawValue, "status": order.status.rawValue, "percent": "\(percent)",
                    ]))
        case nil: turn.note("clocks-watched", about: WorkOrder.self, order.id)
        }
        // It has just fired: it is set again even for the same moment.
        if let next = order.watchClocksAt { turn.schedule(WatchClocks.self, for: order.id, at: next) }
    }
}
