import DomainContracts
import Foundation
import ServiceKit

/// The customer takes the quote.
struct HearAcceptedQuote: EventHandler {
    func keys(_ event: QuoteAccepted, _ keys: inout Keys) { keys.need(Visit.self, event.visitId) }

    func decide(_ event: QuoteAccepted, _ turn: inout Turn) -> EventOutcome {
        turn.hear(
            visit: event.visitId, order: event.workOrderId, estimate: event.estimateId, .settled,
            at: event.acceptedAt)
    }
}
