import DomainContracts
import Foundation

@testable import DispatchService
@testable import ServiceKit

/// One history of the six services, from an empty house to rest: everything in it follows from its seed.
///
/// First the scheduler does its worst for a while; then people do their duty and what is on its way arrives, until
/// nothing is left that could happen. Each commit is shown to the watch, which holds the invariants against it.
final class History {
    let seed: UInt64
    let temper: Temper
    let services: [ServiceName: SimulatedService]
    let order: [SimulatedService]
    var dice: Dice
    var now = Date(timeIntervalSince1970: 1_795_395_600)
    var trace: Trace
    let watch = InvariantWatch()
    let world: OutsideWorld
    var steps = 0
    /// Messages that were handled, repetitions included.
    var handled = 0
    /// How often each wire type was taken with effect, and each timer fired.
    var exercised: [String: Int] = [:]
    /// Who hears a routing key.
    private let hearers: [String: [SimulatedService]]
    /// What the outside world has not been told is safe.
    var unconfirmed: [SimulatedMessage] = []
    /// Bookings as the worker read them last, which may be a while ago.
    var staleBookings: [Booking]?
    /// A plan that the planner has thought of and not carried out yet.
    var draft: DraftPlan?

    private static let mostSettlingSteps = 20_000

    init(seed: UInt64, definitions: [ServiceDefinition], isTraced: Bool) {
        self.seed = seed
        var dice = Dice(seed: seed)
        temper = Temper(&dice)
        self.dice = dice
        trace = Trace(isKept: isTraced)
        order = definitions.enumerated().map { index, definition in
            SimulatedService(definition, ids: .seeded(seed &* 31 &+ UInt64(index)))
        }
        services = Dictionary(uniqueKeysWithValues: order.map { ($0.name, $0) })
        var hearers: [String: [SimulatedService]] = [:]
        for service in order {
            for key in EventBindings.live[service.name.rawValue] ?? [] { hearers[key, default: []].append(service) }
        }
        self.hearers = hearers
        world = OutsideWorld(ids: .seeded(seed &* 31 &+ 17))
    }

    subscript(_ name: ServiceName) -> SimulatedService {
        guard let service = services[name] else { preconditionFailure("\(name) has no definition") }
        return service
    }

    /// Nil when every invariant held to the end.
    func run() throws -> Violation? {
        try settleTown()
        while steps < temper.chaosSteps, watch.violation == nil { try chaoticStep() }
        try comeToRest()
        if watch.violation == nil { AtRest(self).check() }
        return watch.violation
    }

    /// Engineers and stock are there before anybody reports.
    private func settleTown() throws {
        for message in try world.town() { self[Self.owner(of: message)].queue.append(message) }
        while let service = order.first(where: { !$0.queue.isEmpty || !$0.outbox.isEmpty }) {
            try relay(service, faultless: true)
            try deliver(to: service, faultless: true)
        }
    }

    private func comeToRest() throws {
        for service in order { service.isDown = false }
        unconfirmed.forEach(enqueue)
        unconfirmed = []
        let limit = steps + Self.mostSettlingSteps
        while watch.violation == nil {
            guard try settlingStep() else { return }
            if steps > limit {
                watch.violate("the house does not come to rest: \(AtRest(self).unrest)")
                return
            }
        }
    }

    static func owner(of message: SimulatedMessage) -> ServiceName {
        type(of: message.message).service
    }

    /// A confirmed publish of the outside world.
    func enqueue(_ message: SimulatedMessage) { self[Self.owner(of: message)].queue.append(message) }

    /// An event on the exchange: into every queue that is bound to it.
    func publish(_ message: SimulatedMessage) {
        for service in hearers[message.routingKey] ?? [] {
            service.queue.append(message)
            if dice.chance(temper.duplicate) { service.queue.append(message) }
        }
    }
}
