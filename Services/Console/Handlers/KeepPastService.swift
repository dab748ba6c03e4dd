import DomainContracts
import Foundation
import ServiceKit

/// The newest word on a service of before takes the place of an older one.
struct KeepPastService: EventHandler {
    func keys(_ event: PastServiceRecorded, _ keys: inout Keys) {
        keys.need(PastServiceView.self, event.pastServiceId)
    }

    func decide(_ event: PastServiceRecorded, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequenceNumber
        if let known = turn.get(PastServiceView.self, event.pastServiceId), known.origin.sequence >= sequence {
            return .applied
        }
        if let view = PastServiceView(event, sequence) { turn.set(view, event.pastServiceId) }
        return .applied
    }
}
