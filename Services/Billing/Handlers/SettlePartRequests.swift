import DomainContracts
import Foundation
import ServiceKit

/// A part request moved on: a charge waits until nothing of it is open any more, and a later quote asks for nothing that
/// was returned or given up.
struct SettlePartRequests {
    let policy: BillingPolicy

    func decide(_ request: PartRequestState, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, request.workOrderId) else {
            return desk.notYet(request.workOrderId)
        }
        let known = account
        // Settled stays settled, whatever older news still arrives.
        account.requests[request.partRequestId] =
            account.requests[request.partRequestId] == true || request.settled
        account.keepWanted(of: request)
        guard account != known else { return .applied }
        desk.keep(account, was: known.tracks, &turn)
        return .applied
    }
}

/// Parts are in the van.
struct NoteIssuedParts: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: PartsIssued, _ keys: inout Keys) { keys.need(OrderAccount.self, event.request.workOrderId) }

    func decide(_ event: PartsIssued, _ turn: inout Turn) -> EventOutcome {
        SettlePartRequests(policy: policy).decide(event.request, &turn)
    }
}

/// Parts came back.
struct NoteReturnedParts: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: PartsReturned, _ keys: inout Keys) { keys.need(OrderAccount.self, event.request.workOrderId) }

    func decide(_ event: PartsReturned, _ turn: inout Turn) -> EventOutcome {
        SettlePartRequests(policy: policy).decide(event.request, &turn)
    }
}

/// Nothing is held for the request any more.
struct NoteReleasedParts: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: PartsReleased, _ keys: inout Keys) { keys.need(OrderAccount.self, event.request.workOrderId) }

    func decide(_ event: PartsReleased, _ turn: inout Turn) -> EventOutcome {
        SettlePartRequests(policy: policy).decide(event.request, &turn)
    }
}
