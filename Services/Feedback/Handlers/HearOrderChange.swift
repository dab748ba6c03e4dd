import DomainContracts
import Foundation
import ServiceKit

/// An order goes on that was thought done: nobody is asked about the work before, an answer would be taken for one about the work to
/// come. One that was settled from afar is followed up as one is that somebody went for.
struct HearOrderChange: EventHandler {
    let desk: LinkDesk

    func keys(_ event: WorkOrderChanged, _ keys: inout Keys) {
        if event.isReopened || event.isSettledRemotely {
            keys.needFollowUp(of: event.workOrderId, about: event.resolutionId)
        }
    }

    func decide(_ event: WorkOrderChanged, _ turn: inout Turn) -> EventOutcome {
        if event.isReopened { return turn.dropFollowUp(of: event) }
        guard event.isSettledRemotely else { return .applied }
        let closed = turn.get(OrderNotice.self, event.workOrderId)?.closedSequence ?? 0
        if turn.envelope.sequenceNumber < closed { return .applied }
        return turn.followUp(
            event.workOrderId, event.workOrderNumber, about: event.resolutionId, doneAt: event.occurredAt,
            note: "resolved-remotely", desk)
    }
}

extension Turn {
    fileprivate mutating func dropFollowUp(of event: WorkOrderChanged) -> EventOutcome {
        guard var notice = get(OrderNotice.self, event.workOrderId) else {
            return .notYet(waitingFor: Self.story(event.workOrderId))
        }
        guard event.occurredAt > notice.reopenedAt ?? .distantPast else { return .applied }
        notice.reopenedAt = event.occurredAt
        set(notice, event.workOrderId)
        note("work-order-reopened", about: OrderNotice.self, event.workOrderId)
        let id = FollowUp.id(of: event.workOrderId)
        guard var followUp = get(FollowUp.self, id), followUp.askedAbout < event.occurredAt,
            followUp.cancel(at: event.occurredAt)
        else { return .applied }
        set(followUp, id)
        note("work-order-reopened", about: FollowUp.self, id)
        cancel(MakeFollowUpDue.self, for: id)
        cancel(GiveUpOnFollowUp.self, for: id)
        return .applied
    }
}

extension WorkOrderChanged {
    fileprivate var isReopened: Bool { need?.reason == .reopened }
    fileprivate var isSettledRemotely: Bool { status == .awaitingFollowUp && reason == "resolved_remotely" }

    /// Stands for the report that there is none of.
    fileprivate var resolutionId: UUID {
        UUID(derivedFrom: "remote-resolution/\(DomainContracts.RFC3339.format(occurredAt))", in: workOrderId)
    }
}
