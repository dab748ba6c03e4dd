import DomainContracts
import Foundation
import ServiceKit

/// The customer refused the quote, or let it lapse.
struct NoteQuoteRefused: WorkOrderFactHandler {
    typealias E = QuoteRefused

    func workOrderId(_ event: QuoteRefused) -> UUID { event.workOrderId }
    func occurredAt(_ event: QuoteRefused) -> Date { event.refusedAt }
    func reason(_ event: QuoteRefused) -> String? { "quote_refused" }

    func apply(_ event: QuoteRefused, to order: inout WorkOrder, _ turn: Turn) {
        order.facts[estimate: event.estimateId, of: event.visitId].refusedAt = event.refusedAt
    }
}
