import DomainContracts
import Foundation
import ServiceKit

/// Parts came into a van, or left it: who has what a job takes need not fetch it.
struct KeepVanStock: EventHandler {
    func keys(_ event: StockMoved, _ keys: inout Keys) {
        guard let engineer = VanPart.engineer(ofLocation: event.locationCode) else { return }
        keys.need(VanPart.self, VanPart.id(of: event.partCode, in: engineer))
    }

    func decide(_ event: StockMoved, _ turn: inout Turn) -> EventOutcome {
        guard let engineer = VanPart.engineer(ofLocation: event.locationCode) else { return .applied }
        let id = VanPart.id(of: event.partCode, in: engineer)
        let sequence = turn.envelope.sequenceNumber
        if let known = turn.get(VanPart.self, id), known.sequence >= sequence { return .applied }
        turn.set(
            VanPart(engineerId: engineer, partCode: event.partCode, onHand: event.onHand, sequence: sequence), id)
        turn.note("stock-moved", about: VanPart.self, id)
        return .applied
    }
}
