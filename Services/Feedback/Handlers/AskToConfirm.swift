import DomainContracts
import Foundation
import ServiceKit

/// A service report lies before the customer: he is asked to confirm it, or to say that it is not done.
struct AskToConfirm: EventHandler {
    let desk: LinkDesk

    func keys(_ event: VisitEnded, _ keys: inout Keys) {
        guard event.report != nil else { return }
        keys.need(OrderNotice.self, event.workOrderId)
    }

    func decide(_ event: VisitEnded, _ turn: inout Turn) -> EventOutcome {
        guard let report = event.report else { return .applied }
        switch turn.addressee(of: event.workOrderId) {
        case .notYet(let subject): return .notYet(waitingFor: subject)
        case .known(let notice, let contact):
            turn.notify(
                contact, UUID(derivedFrom: DerivedNames.notification(.completion), in: report.reportId),
                News(
                    template: .completion,
                    parameters: [
                        "reportNumber": report.reportNumber, "outcome": event.outcome?.rawValue ?? "",
                        "disputeToken": desk.token(for: DisputeCompletion.self, about: event.workOrderId),
                    ],
                    token: desk.token(for: ConfirmCompletion.self, about: event.workOrderId),
                    workOrderId: event.workOrderId, workOrderNumber: notice.workOrderNumber))
            return .applied
        }
    }
}
