import DomainContracts
import Foundation
import ServiceKit

/// The newest word on a customer, a device, an engineer… takes the place of an older one.
struct KeepNewest<News: WholeNews>: EventHandler {
    typealias E = News

    func keys(_ event: News, _ keys: inout Keys) { keys.need(Newest<News>.self, event.id) }

    func decide(_ event: News, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequenceNumber
        if let known = turn.get(Newest<News>.self, event.id), known.sequence >= sequence { return .applied }
        turn.set(Newest(sequence: sequence, told: event), event.id)
        return .applied
    }
}
