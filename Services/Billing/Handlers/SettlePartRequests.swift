import DomainContracts
import Foundation
import ServiceKit

/// A part request moved on: a charge waits until nothing of it is open any more.
struct SettlePartRequests {
    let policy: BillingPolicy

    func decide(_ request: PartRequestState, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, request.workOrderId) else {
            return desk.notYet(request.workOrderId)
        }
        // Settled stays settled, whatever older news still arrives.
        let isSettled = account.requests[request.partRequestId] == true || request.settled
        guard account.requests[request.partRequestId] != isSettled else { return .applied }
        let before = account.tracks
        account.requests[request.partRequestId] = isSettled
        desk.keep(account, was: before, &turn)
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
