import DomainContracts
import Foundation
import ServiceKit

extension BillingDesk {
    /// What an estimate answers.
    struct Question {
        let estimateId: UUID
        let visitId: UUID
        let engineerId: UUID
        var findingId: UUID?
        var partRequestId: UUID?
    }

    /// Work after an order was cancelled or merged shows that it was not over: it was reinstated, and what the work costs
    /// has to be asked.
    func reinstate(_ account: inout OrderAccount, workedAt date: Date, _ turn: inout Turn) {
        if let voidedAt = account.voidedAt, date > voidedAt { account.move(.reinstated, at: turn.now) }
    }

    /// Answers a finding or part request, exactly once, with what the whole order would cost now.
    func answer(_ question: Question, _ account: inout OrderAccount, _ turn: inout Turn) {
        pinPrices(&account, &turn)
        let isOver = account.charge == .final || account.charge == .void
        let lines = isOver ? [] : account.estimateLines(policy.prices)
        var costs: [String: Int] = [:]
        for code in account.partCodes { costs[code] = averageCost(code, &turn) }
        let cost = account.estimatedCost(
            hourlyCost: hourlyCost(of: question.engineerId, &turn), partCosts: costs, lines)
        let total = lines.reduce(0) { $0 + $1.amount.amount }
        let validUntil = turn.now.addingTimeInterval(policy.answerDeadline)
        let estimate = Estimate(
            estimateId: question.estimateId, workOrderId: account.workOrderId,
            workOrderNumber: account.workOrderNumber, visitId: question.visitId, lines: lines,
            total: Money(total, account.currency), cost: cost,
            needsApproval: cost > policy.approvalLimit && cost > account.approvedCost,
            needsQuote: total > (account.acceptedLimit ?? 0), validUntil: validUntil,
            findingId: question.findingId, partRequestId: question.partRequestId,
            supersedes: account.openEstimateId)
        let superseded = account.openEstimateId
        if let superseded { supersede(superseded, &turn) }
        account.openEstimateId = nil
        if estimate.status != .none {
            account.openEstimateId = estimate.estimateId
            turn.schedule(EndEstimateByDeadline.self, for: estimate.estimateId, at: validUntil)
        }
        if estimate.status == .approval {
            turn.schedule(
                EscalateWaitingApproval.self, for: estimate.estimateId,
                at: turn.now.addingTimeInterval(policy.approvalEscalation))
        }
        if estimate.status == .quote { account.move(.quoted, at: turn.now) }
        turn.set(estimate, estimate.estimateId)
        turn.emit(
            EstimatePrepared(
                estimateId: estimate.estimateId, workOrderId: account.workOrderId,
                workOrderNumber: account.workOrderNumber, visitId: question.visitId, findingId: question.findingId,
                partRequestId: question.partRequestId, decision: estimate.decision, lines: lines,
                total: estimate.total, reason: reason(estimate, account), preparedAt: turn.now,
                validUntil: validUntil, supersedes: superseded, misuse: account.isMisused),
            about: Estimate.self, estimate.estimateId, story: account.workOrderId)
    }

    private func reason(_ estimate: Estimate, _ account: OrderAccount) -> CodedReason {
        switch (account.charge, estimate.status) {
        case (.void, _): CodedReason(code: "order-void")
        case (.final, _): CodedReason(code: "charge-final")
        case (_, .approval):
            CodedReason(
                code: "cost-above-limit", parameters: ["cost": "\(estimate.cost)", "limit": "\(policy.approvalLimit)"])
        case (_, .quote) where account.isMisused == true: CodedReason(code: "misuse")
        case (_, .quote): CodedReason(code: "not-covered", parameters: ["accepted": "\(account.acceptedLimit ?? 0)"])
        case _ where estimate.total.amount == 0: CodedReason(code: "covered", parameters: ["by": account.coveredBy])
        case _: CodedReason(code: "within-accepted", parameters: ["accepted": "\(account.acceptedLimit ?? 0)"])
        }
    }
}
