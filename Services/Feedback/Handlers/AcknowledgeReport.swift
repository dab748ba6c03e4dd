import DomainContracts
import Foundation
import ServiceKit

/// A work order exists: its customer is told its number. An automatic receipt is no human response.
struct AcknowledgeReport: EventHandler {
    func keys(_ event: WorkOrderOpened, _ keys: inout Keys) {
        keys.need(OrderNotice.self, event.workOrderId)
        keys.need(Contact.self, event.contactId)
        keys.need(Notification.self, Self.id(event.workOrderId))
    }

    func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
        guard turn.get(OrderNotice.self, event.workOrderId) == nil else { return .applied }
        guard let contact = turn.get(Contact.self, event.contactId) else {
            return .notYet(waitingFor: Contact.subject(event.contactId))
        }
        turn.set(
            OrderNotice(
                workOrderNumber: event.workOrderNumber, contactId: event.contactId, receivedAt: event.receivedAt),
            event.workOrderId)
        turn.note("work-order-opened", about: OrderNotice.self, event.workOrderId)
        if let first = event.reworkOf {
            turn.append(
                ReworkFact(workOrderId: first, reworkOrderId: event.workOrderId, reportedAt: event.receivedAt))
        }
        turn.notify(
            contact, Self.id(event.workOrderId),
            News(
                template: .reportReceived, parameters: ["workOrderNumber": event.workOrderNumber],
                workOrderId: event.workOrderId, workOrderNumber: event.workOrderNumber))
        return .applied
    }

    private static func id(_ workOrderId: UUID) -> UUID {
        UUID(derivedFrom: DerivedNames.notification(.reportReceived), in: workOrderId)
    }
}
