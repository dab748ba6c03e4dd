import DomainContracts
import Foundation

/// Notes whom to forget; `ForgetCustomers` does it.
public struct HearErasure: EventHandler {
    public init() {}

    public func keys(_ event: CustomerErased, _ keys: inout Keys) { keys.need(Erasure.self, Erasure.id(event)) }

    public func decide(_ event: CustomerErased, _ turn: inout Turn) -> EventOutcome {
        let id = Erasure.id(event)
        if turn.get(Erasure.self, id) == nil { turn.set(Erasure(event), id) }
        return .applied
    }
}
