import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

/// Lets a decider test reckon as `ClockReckoner` does.
struct ReckonNow: EventHandler {
    func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
        turn.reckonClocks(of: event.workOrderId)
        return .applied
    }
}

extension IntakeBench {
    @discardableResult
    mutating func publish(
        _ rules: ServiceLevelRules, applyToOpen: Bool = false, expected: Int? = nil
    ) throws -> Acknowledgement {
        try bench.send(
            PublishServiceLevels(serviceLevels: rules, applyToOpen: applyToOpen, expectedVersion: expected),
            to: PublishLevels())
    }

    /// The standard ones with all targets so many times as long.
    @discardableResult
    mutating func publish(
        factor: Int, applyToOpen: Bool = false, expected: Int? = nil
    ) throws -> Acknowledgement {
        var rules = ServiceLevelRules.standard
        rules.name = "times \(factor)"
        for (level, terms) in rules.levels.enumerated() {
            for (row, target) in terms.targets.enumerated() {
                rules.levels[level].targets[row] = ServiceLevelTarget(
                    priority: target.priority, response: target.response * factor,
                    acceptance: target.acceptance * factor, arrival: target.arrival * factor,
                    resolution: target.resolution * factor)
            }
        }
        return try publish(rules, applyToOpen: applyToOpen, expected: expected)
    }

    mutating func reckon() throws {
        for opened in bench.all(WorkOrderOpened.self) { try bench.receive(opened, by: ReckonNow()) }
    }

    /// Its resolution clock.
    func clock(_ order: WorkOrder) throws -> SLAClock {
        try #require(try self.order(order.id).clocks.first { $0.kind == .resolution })
    }

    func calendars() -> Calendars {
        var calendars = Calendars.shipped
        if let book = bench.state(SLABook.self, SLABook.id) {
            for version in book.calendars.values { calendars.add(version) }
        }
        return calendars
    }

    func standing(_ order: WorkOrder) throws -> ClockState {
        try clock(order).state(at: bench.now, calendars())
    }
}
