import DomainContracts
import Foundation
import ServiceKit

/// Keeps who stands above an engineer.
struct KeepStaff: EventHandler {
    func keys(_ event: EngineerRegistered, _ keys: inout Keys) { keys.need(Staff.self, event.engineerId) }

    func decide(_ event: EngineerRegistered, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequenceNumber
        if let known = turn.get(Staff.self, event.engineerId), known.sequence >= sequence { return .applied }
        turn.set(Staff(name: event.name, supervisorId: event.supervisorId, sequence: sequence), event.engineerId)
        turn.note("engineer-registered", about: Staff.self, event.engineerId)
        return .applied
    }
}
