import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// Moves a booked visit 改约; or, when nobody was home, asks for the same engineer at another time.
struct MoveSlot: CommandHandler {
    let links: LinkSigner
    let travel: TravelProvider
    /// Real time, which links expire by.
    let realNow: @Sendable () -> Date

    init(
        links: LinkSigner, travel: TravelProvider = .estimate, realNow: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.links = links
        self.travel = travel
        self.realNow = realNow
    }

    func keys(_ command: RebookSlot, _ keys: inout Keys) {
        keys.need(Job.self, command.workOrderId)
    }

    func decide(_ command: RebookSlot, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        try authorize(command, turn)
        guard command.initiatedBy.isKnown else {
            throw .invalid("/data/initiatedBy", "unknown", "expected customer or company")
        }
        guard let job = turn.get(Job.self, command.workOrderId) else {
            throw .notFound("/data/workOrderId", "work order")
        }
        let span = try checkedSpan(command.window, now: turn.now)
        switch job.status {
        case .accepted:
            guard let active = job.activeAssignmentId, let assignment = turn.get(Assignment.self, active) else {
                throw .conflict("nothing-booked", "Nobody is booked for this work order")
            }
            return try turn.agree(
                command.window, span, on: assignment, active, by: command.initiatedBy, occurredAt: command.occurredAt,
                travel: travel.times)
        case .open: return reopen(job, command, &turn)
        case .offered: throw .conflict("offer-pending", "An engineer has yet to accept; the time can be moved then")
        case .done: throw .conflict("work-order-closed", "The work order has ended")
        case .idle:
            if job.isOnHold { throw .conflict("work-order-on-hold", "The work order is on hold") }
            guard job.lastVisitEnd == .noAccess else {
                throw .conflict("nothing-booked", "Nobody is booked for this work order")
            }
            return reopen(job, command, &turn)
        }
    }

    /// The same round once more, with the customer's wish: intake hears of it by the offer.
    private func reopen(_ before: Job, _ command: RebookSlot, _ turn: inout Turn) -> Acknowledgement {
        var job = before
        if var need = job.need {
            need.preferredWindows = [command.window]
            need.notBefore = nil
            need.preferredEngineerId = job.lastEngineerId ?? need.preferredEngineerId
            // He names another time himself.
            job.breakPromise()
            job.open(for: need, now: turn.now)
            turn.set(job, command.workOrderId)
            turn.note("time-wished", about: Job.self, command.workOrderId)
            turn.cancel(RetryDispatch.self, for: command.workOrderId)
        }
        return Acknowledgement(
            subject: Job.subject(command.workOrderId), version: turn.version(Job.self, command.workOrderId),
            status: job.status.rawValue)
    }

    /// Staff are vouched for by their broker user; everybody else shows a link's token for this very work order.
    private func authorize(_ command: RebookSlot, _ turn: Turn) throws(Refusal) {
        if turn.isStaffs { return }
        let id = command.workOrderId.text
        let link = command.token.flatMap { token in
            try? links.verify(token, for: .init(rawValue: RebookSlot.wireName), at: realNow())
        }
        guard let link, link.subject == "work-order/\(id)" || link.subject == id else {
            throw .forbidden("The link does not allow this", pointer: "/data/token")
        }
    }
}
