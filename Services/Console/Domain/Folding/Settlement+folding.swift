import DomainContracts
import FoundationEssentials

extension OrderView {
    fileprivate mutating func estimate(
        _ id: UUID, _ status: String, at date: Date, _ sequence: Int, _ change: (inout EstimateView) -> Void = { _ in }
    ) {
        var estimate = estimates[id.text] ?? EstimateView()
        estimate.progress.take(EstimateProgress(status: status, at: date), sequence)
        change(&estimate)
        estimates[id.text] = estimate
    }
}

extension EstimatePrepared: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.estimate(estimateId, "prepared", at: preparedAt, sequence) { estimate in
            estimate.decision.take(decision, sequence)
            estimate.total.take(total, sequence)
        }
    }

    var line: LineDraft {
        LineDraft(at: preparedAt, parameters: ["decision": decision.rawValue, "reason": reason.code], money: total)
    }
}

extension EstimateApproved: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.estimate(estimateId, "approved", at: approvedAt, sequence) { estimate in
            estimate.decision.take(decision, sequence)
            estimate.total.take(total, sequence)
        }
    }

    var line: LineDraft { LineDraft(at: approvedAt, parameters: ["decision": decision.rawValue], money: total) }
}

extension EstimateRejected: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.estimate(estimateId, "rejected", at: rejectedAt, sequence)
    }

    var line: LineDraft { LineDraft(at: rejectedAt, parameters: ["reason": reason]) }
}

extension QuoteAccepted: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.estimate(estimateId, "accepted", at: acceptedAt, sequence) { $0.total.take(total, sequence) }
    }

    var line: LineDraft { LineDraft(at: acceptedAt, direction: .inbound, money: total) }
}

extension QuoteRefused: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.estimate(estimateId, "refused", at: refusedAt, sequence)
    }

    var line: LineDraft { LineDraft(at: refusedAt, direction: .inbound, text: reason) }
}

extension ChargeFinal: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.bill.take(Bill(number: billNumber, lines: lines, total: total), sequence)
    }

    var line: LineDraft { LineDraft(at: finalAt, parameters: ["billNumber": billNumber], money: total) }
}

extension CreditNoteIssued: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.credits = (order.credits ?? [:]).merging([creditNoteNumber: amount]) { $1 }
    }

    var line: LineDraft {
        LineDraft(
            at: issuedAt,
            parameters: [
                "creditNoteNumber": creditNoteNumber, "billNumber": billNumber, "reason": reason.code,
                "refunded": refunded.amount == 0 ? nil : "\(refunded.amount)",
            ], money: amount)
    }
}

extension SettlementChanged: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.settlement.take(
            Settlement(
                charge: charge, payment: payment, invoice: invoice, total: total, paid: paid, balance: balance,
                hold: hold),
            sequence)
    }

    var line: LineDraft {
        LineDraft(
            at: changedAt,
            parameters: [
                "charge": charge.rawValue, "payment": payment.rawValue, "invoice": invoice.rawValue,
                "hold": hold?.code,
            ], money: paid)
    }
}

/// A part request's state, told with the time at which it became so.
protocol PartRequestNews: OrderEvent {
    var request: PartRequestState { get }
    var occurredAt: Date { get }
}

extension PartRequestNews {
    var workOrderId: UUID { request.workOrderId }

    var line: LineDraft {
        LineDraft(
            at: occurredAt,
            parameters: [
                "status": request.status.rawValue,
                "parts": request.lines.map { "\($0.partCode) × \($0.requested)" }.joined(separator: ", "),
            ])
    }
}

extension PartsReserved: PartRequestNews {}
extension PartsBackordered: PartRequestNews {}
extension PartsIssued: PartRequestNews {}
extension PartsReturned: PartRequestNews {}
