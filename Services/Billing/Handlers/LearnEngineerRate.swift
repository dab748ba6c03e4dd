import DomainContracts
import ServiceKit

/// What an hour of an engineer costs.
struct LearnEngineerRate: EventHandler {
    func keys(_ event: EngineerRegistered, _ keys: inout Keys) { keys.need(EngineerRate.self, event.engineerId) }

    func decide(_ event: EngineerRegistered, _ turn: inout Turn) -> EventOutcome {
        let rate = EngineerRate(hourlyRate: event.hourlyRate)
        if turn.get(EngineerRate.self, event.engineerId) != rate { turn.set(rate, event.engineerId) }
        return .applied
    }
}
