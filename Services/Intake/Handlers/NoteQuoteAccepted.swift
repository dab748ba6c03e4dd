import DomainContracts
import Foundation
import ServiceKit

/// The customer accepted the quote.
struct NoteQuoteAccepted: WorkOrderFactHandler {
    typealias E = QuoteAccepted

    func workOrderId(_ event: QuoteAccepted) -> UUID { event.workOrderId }
    func occurredAt(_ event: QuoteAccepted) -> Date { event.acceptedAt }
    func reason(_ event: QuoteAccepted) -> String? { "quote_accepted" }

    func apply(_ event: QuoteAccepted, to order: inout WorkOrder, _ turn: Turn) {
        order.facts[estimate: event.estimateId, of: event.visitId].acceptedAt = event.acceptedAt
    }
}
