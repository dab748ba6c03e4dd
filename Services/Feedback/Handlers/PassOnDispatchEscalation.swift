import DomainContracts
import Foundation
import ServiceKit

/// Dispatch tells somebody higher up: he gets a message. Where an appointment cannot be kept, the customer gets one too.
struct PassOnDispatchEscalation: EventHandler {
    func keys(_ event: DispatchEscalationRaised, _ keys: inout Keys) {
        keys.need(Notification.self, Notification.escalation(event.escalation.escalationId))
        keys.need(Staff.self, event.escalation.engineerId)
        keys.need(Staff.self, event.escalation.supervisorId)
        if event.escalation.reason.code == Escalation.promiseBroken { keys.need(OrderNotice.self, event.workOrderId) }
    }

    func decide(_ event: DispatchEscalationRaised, _ turn: inout Turn) -> EventOutcome {
        if event.escalation.reason.code == Escalation.promiseBroken {
            switch turn.addressee(of: event.workOrderId) {
            case .notYet(let subject): return .notYet(waitingFor: subject)
            case .known(_, let contact): turn.tellOfLostAppointment(contact, event)
            }
        }
        turn.tell(event.escalation, of: event.workOrderId, event.workOrderNumber)
        return .applied
    }
}

extension Turn {
    /// Nobody comes when it was agreed; another time will be.
    fileprivate mutating func tellOfLostAppointment(_ contact: Contact, _ event: DispatchEscalationRaised) {
        let reason = event.escalation.reason.parameters
        notify(
            contact,
            UUID(derivedFrom: DerivedNames.notification(.appointmentLost), in: event.escalation.escalationId),
            News(
                template: .appointmentLost, parameters: reason.filter { $0.key.hasPrefix("window") },
                workOrderId: event.workOrderId, workOrderNumber: event.workOrderNumber))
    }
}
