import DomainContracts
import Foundation
import ServiceKit

/// An answer to an estimate, whoever gives it: our approver, the customer, or the deadline.
struct EstimateAnswer {
    let policy: BillingPolicy

    /// Moves the estimate, and its order's account with it.
    ///
    /// - Returns: the estimate as it stands, and whether it moved.
    func give(
        _ event: Estimate.Event, to estimateId: UUID, reason: String, at date: Date, _ turn: inout Turn
    ) throws(Refusal) -> Estimate {
        guard var estimate = turn.get(Estimate.self, estimateId) else {
            throw .notFound("/data/estimateId", "estimate")
        }
        let before = estimate.status
        switch estimate.move(event) {
        case .refuse(let code): throw .conflict(code, "The estimate does not wait for this answer")
        case .already: return estimate
        case .move(let next):
            apply(next, from: before, &estimate, reason: reason, at: date, &turn)
            return estimate
        }
    }

    private func apply(
        _ next: Estimate.State, from before: Estimate.State, _ estimate: inout Estimate, reason: String, at date: Date,
        _ turn: inout Turn
    ) {
        let id = estimate.estimateId
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, estimate.workOrderId) else { return }
        let tracks = account.tracks
        turn.cancel(EscalateWaitingApproval.self, for: id)
        turn.cancel(EndEstimateByDeadline.self, for: id)
        if before == .approval, next == .quote || next == .approved {
            account.approvedCost = max(account.approvedCost, estimate.cost)
            estimate.validUntil = turn.now.addingTimeInterval(policy.answerDeadline)
        }
        if next == .quote {
            turn.schedule(EndEstimateByDeadline.self, for: id, at: estimate.validUntil)
            account.move(.quoted, at: date)
        } else if account.openEstimateId == id {
            account.openEstimateId = nil
        }
        if next == .accepted {
            account.accept(estimate.total.amount, estimate.lines)
            account.move(.accepted, at: date)
        }
        if next == .rejected || next == .refused || next == .lapsed { giveUp(estimate, &account, &turn) }
        turn.set(estimate, id)
        tell(next, estimate, reason: reason, at: date, &turn)
        desk.keep(account, was: tracks, &turn)
    }

    /// What nobody wants at this price is in no later quote: what the estimate asked about, and those whose place it took.
    private func giveUp(_ refused: Estimate, _ account: inout OrderAccount, _ turn: inout Turn) {
        var (findings, requests): (Set<UUID>, Set<UUID>) = ([], [])
        var next: Estimate? = refused
        while let estimate = next {
            if let id = estimate.findingId { findings.insert(id) }
            if let id = estimate.partRequestId { requests.insert(id) }
            next = estimate.supersedes.flatMap { turn.get(Estimate.self, $0) }
        }
        account.giveUp(findings: findings, requests: requests)
    }

    private func tell(
        _ next: Estimate.State, _ estimate: Estimate, reason: String, at date: Date, _ turn: inout Turn
    ) {
        let id = estimate.estimateId
        let order = estimate.workOrderId
        switch next {
        case .approved, .quote:
            turn.emit(
                EstimateApproved(
                    estimateId: id, workOrderId: order, workOrderNumber: estimate.workOrderNumber,
                    visitId: estimate.visitId, decision: estimate.decision, total: estimate.total, approvedAt: date,
                    validUntil: estimate.validUntil),
                about: Estimate.self, id, story: order)
        case .rejected:
            turn.emit(
                EstimateRejected(
                    estimateId: id, workOrderId: order, visitId: estimate.visitId, reason: reason, rejectedAt: date),
                about: Estimate.self, id, story: order)
        case .accepted:
            turn.emit(
                QuoteAccepted(
                    estimateId: id, workOrderId: order, visitId: estimate.visitId, total: estimate.total,
                    acceptedAt: date),
                about: Estimate.self, id, story: order)
        case .refused, .lapsed:
            turn.emit(
                QuoteRefused(
                    estimateId: id, workOrderId: order, visitId: estimate.visitId, reason: reason, refusedAt: date),
                about: Estimate.self, id, story: order)
        case .none, .approval, .superseded:
            break
        }
    }
}
