import DomainContracts
import Foundation
import ServiceKit

/// A refusal has left a report on a visit that had ended without one: the customer is asked about it as about others.
struct AskToConfirm: EventHandler {
    let desk: LinkDesk

    func keys(_ event: ReportPrepared, _ keys: inout Keys) { keys.need(OrderNotice.self, event.workOrderId) }

    func decide(_ event: ReportPrepared, _ turn: inout Turn) -> EventOutcome {
        turn.askToConfirm(event.report, event.outcome, of: event.workOrderId, desk)
    }
}

extension Turn {
    /// Puts a service report before the customer, with links to confirm it and to say that it is not done.
    mutating func askToConfirm(
        _ report: ServiceReportReference, _ outcome: Outcome?, of workOrderId: UUID, _ desk: LinkDesk
    ) -> EventOutcome {
        switch addressee(of: workOrderId) {
        case .notYet(let subject): return .notYet(waitingFor: subject)
        case .known(let notice, let contact):
            notify(
                contact, UUID(derivedFrom: DerivedNames.notification(.completion), in: report.reportId),
                News(
                    template: .completion,
                    parameters: [
                        "reportNumber": report.reportNumber, "outcome": outcome?.rawValue ?? "",
                        "disputeToken": desk.token(for: DisputeCompletion.self, about: workOrderId),
                    ],
                    token: desk.token(for: ConfirmCompletion.self, about: workOrderId),
                    workOrderId: workOrderId, workOrderNumber: notice.workOrderNumber))
            return .applied
        }
    }
}
