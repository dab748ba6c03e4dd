import DomainContracts
import Foundation
import ServiceKit

/// An engineer is known: his van is a place that holds stock.
struct OpenVan: EventHandler {
    func keys(_ event: EngineerRegistered, _ keys: inout Keys) {
        keys.need(Location.self, InventoryID.location(Location.vanCode(event.engineerId)))
    }

    func decide(_ event: EngineerRegistered, _ turn: inout Turn) -> EventOutcome {
        let van = Location.van(of: event.engineerId)
        let id = InventoryID.location(van.code)
        if turn.get(Location.self, id) == nil { turn.set(van, id) }
        return .applied
    }
}
