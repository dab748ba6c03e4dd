import DomainContracts
import Foundation
import ServiceKit

/// A visit is over. With a service report, the customer is asked about that; where nobody was home, he is told.
struct HearVisitEnd: EventHandler {
    let desk: LinkDesk

    func keys(_ event: VisitEnded, _ keys: inout Keys) {
        guard event.report != nil || event.reason == .noAccess else { return }
        keys.need(OrderNotice.self, event.workOrderId)
    }

    func decide(_ event: VisitEnded, _ turn: inout Turn) -> EventOutcome {
        if let report = event.report {
            return turn.askToConfirm(report, event.outcome, of: event.workOrderId, desk)
        }
        return event.reason == .noAccess ? turn.tellOfNoAccess(event, desk) : .applied
    }
}

extension Turn {
    /// Somebody stood before his door: he names another time, or cancels. Without a word the order is cancelled for him.
    fileprivate mutating func tellOfNoAccess(_ event: VisitEnded, _ desk: LinkDesk) -> EventOutcome {
        switch addressee(of: event.workOrderId) {
        case .notYet(let subject): return .notYet(waitingFor: subject)
        case .known(let notice, let contact):
            notify(
                contact, UUID(derivedFrom: DerivedNames.notification(.noAccess), in: event.visitId),
                News(
                    template: .noAccess,
                    parameters: [
                        "visitedAt": DomainContracts.RFC3339.format(event.endedAt),
                        "cancelToken": desk.token(for: CancelWorkOrder.self, about: event.workOrderId),
                    ],
                    token: desk.token(for: RebookSlot.self, about: event.workOrderId),
                    workOrderId: event.workOrderId, workOrderNumber: notice.workOrderNumber))
            return .applied
        }
    }
}
