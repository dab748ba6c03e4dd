import Dispatching
import Foundation
import Logging
import ServiceKit
import Synchronization

/// Where this copy of dispatch has its travel times from, and what it knows by now.
///
/// Whoever decides takes ``times`` as they are and waits for nobody. What is lacking is asked for before a step of the
/// worker, outside of any transaction; where the road service does not answer, the estimate holds.
final class TravelProvider: Sendable {
    /// How long may be asked, and how much be kept.
    struct Limits: Sendable {
        /// For the questions before one step, all together.
        var step: Duration = .seconds(1)
        /// For one question.
        var request: Duration = .milliseconds(500)
        /// Places that are asked about for one site; the estimate is good enough to tell which are near.
        var nearest = 300
        /// Pairs that are kept: about 25 MB.
        var capacity = 500_000
    }

    /// Great circles alone.
    static let estimate = TravelProvider()

    private struct State {
        var times: TravelTimes
        var outage = Outage()
    }

    private let state: Mutex<State>
    private let service: OSRMService?
    private let limits: Limits
    private let meter: TravelMeter
    private let logger: Logger
    private let clock: @Sendable () -> ContinuousClock.Instant

    /// - Parameters:
    ///   - service: who is asked about ways that `times` does not know.
    ///   - clock: real time; waiting for a service that is down has nothing to do with the domain's.
    init(
        _ times: TravelTimes = .estimate, service: OSRMService? = nil, limits: Limits = Limits(),
        meter: TravelMeter = TravelMeter(), logger: Logger = Logger(label: "travel"),
        clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        var times = times
        if service != nil, times.known == nil { times.known = KnownTravel(capacity: limits.capacity) }
        state = Mutex(State(times: times))
        self.service = service
        self.limits = limits
        self.meter = meter
        self.logger = logger
        self.clock = clock
    }

    /// What is known now.
    var times: TravelTimes { state.withLock { $0.times } }

    /// Whether there is more than the estimate, so that it is worth saying which ways will be needed.
    var knowsRoads: Bool { state.withLock { $0.times.known != nil } }

    /// The ways that jobs of a round may ask for, nearest places first.
    func needs(sites: [TravelPoint], places: [TravelPoint]) -> TravelNeeds {
        TravelNeeds(sites: sites, places: places, nearest: limits.nearest)
    }

    /// Asks for what is lacking, as far as time allows, and counts what is known then. Never throws: where nobody answers
    /// the estimate holds.
    func prepare(for needs: TravelNeeds) async {
        if let service {
            let missing = state.withLock { state in state.times.known?.missing(of: needs) ?? [] }
            await ask(service, about: missing)
        }
        let (known, estimated) = state.withLock { state in state.times.known?.counted(needs) ?? (0, 0) }
        meter.prepared(known: known, estimated: estimated)
    }

    private func ask(_ service: OSRMService, about missing: [TravelNeeds.Star]) async {
        let began = clock()
        guard !missing.isEmpty, state.withLock({ $0.outage.mayAsk(at: began) }) else { return }
        for star in missing {
            for start in stride(from: 0, to: star.places.count, by: OSRMService.placesATable) {
                guard !Task.isCancelled, clock() - began < limits.step else { return }
                let places = Array(star.places[start...].prefix(OSRMService.placesATable))
                guard await learn(places, around: star.site, from: service) else { return }
            }
        }
    }

    /// False when the service failed.
    private func learn(_ places: [TravelCell], around site: TravelCell, from service: OSRMService) async -> Bool {
        do {
            for direction in [OSRMTable.Direction.fromSite, .toSite] {
                let table = OSRMTable(site: site, places: places, direction: direction)
                let seconds = try await service.ask(table, within: limits.request)
                meter.asked(.answered)
                succeed(table, seconds)
            }
            return true
        } catch {
            // Who is being stopped has cut the answer off himself.
            if !Task.isCancelled { fail(error) }
            return false
        }
    }

    private func succeed(_ table: OSRMTable, _ seconds: [Int32?]) {
        let wasDown = state.withLock { state in
            for (place, seconds) in zip(table.places, seconds) {
                switch table.direction {
                case .fromSite: state.times.known?.learn(seconds, from: table.site, to: place)
                case .toSite: state.times.known?.learn(seconds, from: place, to: table.site)
                }
            }
            return state.outage.end()
        }
        if wasDown { logger.notice("the road service answers again") }
    }

    private func fail(_ error: any Error) {
        meter.asked(.failed)
        let isNew = state.withLock { $0.outage.failed(at: clock()) }
        guard isNew else { return }
        logger.warning(
            "the road service does not answer; what it has not told is estimated", metadata: ["error": "\(error)"])
    }
}

extension KnownTravel {
    /// What of some needs nobody has asked about yet, in one direction at least.
    mutating func missing(of needs: TravelNeeds) -> [TravelNeeds.Star] {
        needs.stars.compactMap { star in
            let places = star.places.filter { place in
                let there = use(from: star.site, to: place)
                let back = use(from: place, to: star.site)
                return there == .unknown || back == .unknown
            }
            return places.isEmpty ? nil : TravelNeeds.Star(site: star.site, places: places)
        }
    }

    /// Ways of some needs that are known, and that are estimated.
    mutating func counted(_ needs: TravelNeeds) -> (known: Int, estimated: Int) {
        var (known, all) = (0, 0)
        for star in needs.stars {
            for place in star.places {
                for finding in [use(from: star.site, to: place), use(from: place, to: star.site)] {
                    all += 1
                    if case .seconds = finding { known += 1 }
                }
            }
        }
        return (known, all - known)
    }
}
