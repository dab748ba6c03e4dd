import DomainContracts
import Foundation

@testable import Console

extension OneLife {
    /// The customer disputes his bill with some success, is credited, and disputes the rest.
    var disputed: [Told] {
        let (first, second) = (UUID(), UUID())
        return [
            Told(event: dispute(first, .open, "去年才买的", 2_000), sequence: 1, id: "d-1"),
            Told(event: dispute(first, .partlyUpheld, "去年才买的", 2_000, decided: "发票有效"), sequence: 2, id: "d-2"),
            Told(event: dispute(second, .open, "也不是误用", 2_200), sequence: 1, id: "d-3"),
            Told(
                event: CreditNoteIssued(
                    workOrderId: order, workOrderNumber: "WO-1", creditNoteNumber: "CN-1", billNumber: "BL-1",
                    chargeEntryId: UUID(), entryId: UUID(), amount: Money(2_500, "CNY"), tax: Money(100, "CNY"),
                    refunded: Money(2_500, "CNY"), reason: CodedReason(code: "dispute-upheld"), issuedAt: at(2_100)),
                sequence: 90, id: "d-4"),
            Told(
                event: SettlementChanged(
                    workOrderId: order, workOrderNumber: "WO-1", charge: .known[0], payment: .known[0],
                    invoice: .known[0], total: Money(10_000, "CNY"), paid: Money(10_000, "CNY"),
                    balance: Money(0, "CNY"), hold: CodedReason(code: "entitlement-disputed"), changedAt: at(2_200)),
                sequence: 91, id: "d-5"),
        ]
    }

    private func dispute(
        _ id: UUID, _ status: DisputeStatus, _ statement: String, _ minute: Int, decided: String? = nil
    ) -> EntitlementDisputeChanged {
        EntitlementDisputeChanged(
            disputeId: id, workOrderId: order, workOrderNumber: "WO-1", customerId: customer, status: status,
            reason: .warranty, statement: statement, channel: "wechat", openedAt: at(minute), decideBy: at(9_000),
            endedAt: decided == nil ? nil : at(minute + 50), decisionReason: decided,
            entitlement: Entitlement(
                kind: .warranty, cover: Cover(labour: true, parts: false, travel: false), responseLevel: .standard,
                reason: CodedReason(code: "dispute_partly_upheld")))
    }
}
