import DomainContracts
import Foundation
import ServiceKit

/// The order is over: its figures are kept, and nobody need be asked any more. That it was cancelled its customer is told.
struct CountClosedOrder: EventHandler {
    func keys(_ event: WorkOrderClosed, _ keys: inout Keys) {
        keys.need(OrderNotice.self, event.workOrderId)
        keys.need(FollowUp.self, FollowUp.id(of: event.workOrderId))
    }

    func decide(_ event: WorkOrderClosed, _ turn: inout Turn) -> EventOutcome {
        let id = FollowUp.id(of: event.workOrderId)
        let sequence = max(turn.envelope.sequenceNumber, 1)
        guard var notice = turn.get(OrderNotice.self, event.workOrderId) else {
            return .notYet(waitingFor: Turn.story(event.workOrderId))
        }
        guard sequence > notice.closedSequence else { return .applied }
        notice.closedSequence = sequence
        turn.set(notice, event.workOrderId)
        turn.note("work-order-closed", about: OrderNotice.self, event.workOrderId)
        turn.append(OrderFact(event, sequence: sequence))
        for clock in event.clocks {
            turn.append(
                ClockFact(
                    workOrderId: event.workOrderId, sequence: sequence, clock: clock.clock, status: clock.status,
                    targetSeconds: clock.targetSeconds, pausedSeconds: clock.pausedSeconds))
        }
        if var followUp = turn.get(FollowUp.self, id), followUp.cancel(at: event.closedAt) {
            turn.set(followUp, id)
            turn.note("work-order-closed", about: FollowUp.self, id)
            turn.cancel(MakeFollowUpDue.self, for: id)
            turn.cancel(GiveUpOnFollowUp.self, for: id)
        }
        if event.status == .cancelled, let contact = turn.get(Contact.self, notice.contactId) {
            turn.notify(
                contact,
                UUID(derivedFrom: DerivedNames.notification(.orderCancelled, "\(sequence)"), in: event.workOrderId),
                News(
                    template: .orderCancelled, parameters: ["reason": event.reason ?? ""],
                    workOrderId: event.workOrderId, workOrderNumber: event.workOrderNumber))
        }
        return .applied
    }
}
