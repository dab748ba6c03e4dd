import DomainContracts
import Foundation
import ServiceKit

/// A time is agreed or moved: the customer is told the newest one, and never an older one after it.
struct TellBookedVisit: EventHandler {
    func keys(_ event: AssignmentBooked, _ keys: inout Keys) { keys.need(OrderNotice.self, event.workOrderId) }

    func decide(_ event: AssignmentBooked, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequenceNumber
        switch turn.addressee(of: event.workOrderId) {
        case .notYet(let subject): return .notYet(waitingFor: subject)
        case .known(var notice, let contact):
            guard notice.book(event, sequence: sequence) else { return .applied }
            turn.set(notice, event.workOrderId)
            turn.note("visit-booked", about: OrderNotice.self, event.workOrderId)
            turn.notify(
                contact,
                UUID(derivedFrom: DerivedNames.notification(.visitBooked, "\(sequence)"), in: event.assignmentId),
                News(
                    template: .visitBooked,
                    parameters: [
                        "windowStart": DomainContracts.RFC3339.format(event.window.start),
                        "windowEnd": DomainContracts.RFC3339.format(event.window.end),
                        "rebooked": String(event.rebooked),
                    ],
                    workOrderId: event.workOrderId, workOrderNumber: notice.workOrderNumber))
            return .applied
        }
    }
}
