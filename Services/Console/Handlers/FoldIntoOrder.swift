import DomainContracts
import Foundation
import ServiceKit

/// An event of a work order's story: the order as it stands changes by it, and the story has a line more.
struct FoldIntoOrder<E: OrderEvent>: EventHandler {
    func keys(_ event: E, _ keys: inout Keys) { keys.need(OrderView.self, event.workOrderId) }

    func decide(_ event: E, _ turn: inout Turn) -> EventOutcome {
        let before = turn.get(OrderView.self, event.workOrderId) ?? OrderView(workOrderId: event.workOrderId)
        var order = before
        event.fold(into: &order, turn.envelope.sequenceNumber)
        if order.isForgotten == true { order.forget() }
        if order != before { turn.set(order, event.workOrderId) }
        var line = StoryLine(E.self, event.line, turn.envelope, workOrderId: event.workOrderId)
        if order.isForgotten == true { line.forget() }
        turn.append(StoryLineRow(line, turn.envelope, contactId: (event as? WorkOrderOpened)?.contactId))
        return .applied
    }
}
