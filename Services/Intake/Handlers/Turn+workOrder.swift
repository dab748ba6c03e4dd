import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Keeps a changed work order: draws the consequences of its facts, tells them, and sets its timers.
    ///
    /// - Parameters:
    ///   - before: the order as it was loaded.
    ///   - occurred: when it happened, clamped between the report and now.
    ///   - note: the history's name for it when nothing is told.
    /// - Returns: the order as it stands now.
    @discardableResult
    mutating func keep(
        _ changed: WorkOrder, from before: WorkOrder, occurred: Date, reason: String?, note: String
    ) -> WorkOrder {
        var order = changed
        let calendars = self.calendars(of: order)
        let news = order.settle(from: before, occurred: occurred, now: now, calendars)
        guard order != before else { return order }
        set(order, order.id)
        if news.isNewlyFinal {
            emit(order.closed(reason: reason, at: now, calendars), about: WorkOrder.self, order.id, story: order.id)
            if order.status == .closed, order.facts.followUp?.fixed == false, order.claimsRepair {
                _ = openRework(of: order, occurred: occurred)
            }
        } else if news.isWorthTelling {
            let event = order.changed(news, reason: reason, at: now, occurred: occurred, calendars)
            emit(
                event, about: WorkOrder.self, order.id, story: order.id, lastWord: event.routedStatus.rawValue)
        } else {
            self.note(note, about: WorkOrder.self, order.id)
        }
        keepTimers(of: order, before: before)
        if news.isNewlyFinal { dropDispute(of: order) }
        return order
    }

    /// Sets, moves or clears the order's timers where they differ from before.
    mutating func keepTimers(of order: WorkOrder, before: WorkOrder?) {
        if order.watchClocksAt != before?.watchClocksAt {
            if let at = order.watchClocksAt {
                schedule(WatchClocks.self, for: order.id, at: at)
            } else {
                cancel(WatchClocks.self, for: order.id)
            }
        }
        if order.waitUntil != before?.waitUntil {
            if let until = order.waitUntil {
                schedule(EndWait.self, for: order.id, at: until)
            } else {
                cancel(EndWait.self, for: order.id)
            }
        }
    }

    /// The order that a command names, if it is as its sender saw it.
    mutating func order(_ id: UUID, expectedVersion: Int?) throws(Refusal) -> WorkOrder {
        guard let order = get(WorkOrder.self, id) else { throw .notFound("/data/workOrderId", "work order") }
        try check(expectedVersion, of: WorkOrder.self, id, "work order")
        return order
    }

    /// The order that a command names, if it allows the act.
    mutating func order(_ id: UUID, for act: WorkOrderAct, expectedVersion: Int?) throws(Refusal) -> WorkOrder {
        let order = try order(id, expectedVersion: expectedVersion)
        guard order.allows(act) else {
            throw .conflict(
                "\(act.rawValue.replacing("_", with: "-"))-not-allowed",
                "The work order is \(order.status.rawValue)",
                detail: order.isSomebodyOnSite ? "somebody is on site" : nil)
        }
        return order
    }

    mutating func acknowledge(_ order: WorkOrder) -> Acknowledgement {
        Acknowledgement(
            subject: WorkOrder.subject(order.id), version: version(WorkOrder.self, order.id),
            status: order.status.rawValue)
    }
}

extension Refusal {
    /// Refuses a reason that says nothing.
    static func checkReason(_ reason: String) throws(Refusal) {
        guard !reason.trimmed.isEmpty, !reason.hasControlCharacters, reason.count <= 2_000 else {
            throw .invalid("/data/reason", "required", "must say why, in at most 2000 characters")
        }
    }
}

extension WorkOrder {
    func changed(
        _ news: WorkOrderNews, reason: String?, at now: Date, occurred: Date, _ calendars: Calendars
    ) -> WorkOrderChanged {
        let clocks = clocks.map { $0.state(at: now, calendars) }
        var need = news.need
        // Pauses have moved it since the round before. Where it is reached, or stands still, the last one holds.
        if let due = clocks.first(where: { $0.clock == .arrival })?.dueAt { need?.arrivalDueAt = due }
        return WorkOrderChanged(
            workOrderId: id, workOrderNumber: number, status: status.wire, previousStatus: news.previous.wire,
            responsible: status.responsible, reason: reason, occurredAt: occurred, need: need, clocks: clocks)
    }

    func closed(reason: String?, at now: Date, _ calendars: Calendars) -> WorkOrderClosed {
        let at = facts.merge?.at ?? facts.closedAt ?? facts.cancellation?.at ?? now
        return WorkOrderClosed(
            workOrderId: id, workOrderNumber: number, status: status.wire, closureCode: closureCode ?? .followUp,
            outcome: outcome, mergedInto: facts.merge?.into, reason: facts.cancellation?.reason.rawValue ?? reason,
            closedAt: at, figures: figures(at: now, calendars), clocks: clocks.map { $0.state(at: now, calendars) })
    }
}
