import AMQP
import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// One run from the first engineer registered to the last figure compared.
struct Stage: Sendable {
    let world: World
    let feed: EventFeed
    let broker: AMQPConfiguration
    let cases: [RepairCase]
    let progress: @Sendable (SimulationProgress) -> Void

    func play() async throws -> SimulationResult {
        try await feed.open(Reactions.keys)
        let reactions = Reactions(world: world)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await world.client.receive() }
            group.addTask { await feed.run { await reactions.react($0) } }
            do {
                let result = try await act()
                await feed.close()
                await world.client.close()
                group.cancelAll()
                return result
            } catch {
                await feed.close()
                await world.client.close()
                group.cancelAll()
                throw error
            }
        }
    }

    private func act() async throws -> SimulationResult {
        try await world.client.awaitConnection()
        let before = try await Totals.ask(world.client)
        tell(.setup)
        let crew = Crew(count: world.configuration.crewSize, categories: cases.map(\.category))
        try await TownSetup(
            world: world, crew: crew, categories: cases.map(\.category), stock: max(30, cases.count / 40)
        ).run()
        let began = (real: ContinuousClock.now, domain: world.clock.now())
        let isComplete = try await live(before, crew)
        let ended = world.clock.now()
        tell(.settling)
        let facts = try await settle(before)
        let againstNearest = try await world.client.ask(
            SimulateRules(rules: RuleSet.nearestDocument, from: began.domain, to: ended))
        let duration = ContinuousClock.now - began.real
        let counts = world.client.counts
        let tally = world.tally.withLock { $0 }
        return SimulationResult(
            run: world.configuration.run, seed: world.configuration.seed, reports: tally.published,
            engineers: crew.engineers.count, attribution: attribution,
            domainSeconds: Int(ended.timeIntervalSince(began.domain)),
            realSeconds: Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18,
            messagesSent: counts.published, messagesRepeated: counts.repeated, isComplete: isComplete,
            stumbles: tally.stumbles, stumbleExamples: tally.stumbleExamples,
            unfinished: tally.opened.subtracting(tally.closed).prefix(20).map { world.orders[$0]?.number ?? "\($0)" }
                .sorted(),
            totals: facts.after, fellIll: tally.fellIll, visitsGivenAway: tally.visitsGivenAway,
            againstNearest: againstNearest, reconciliation: Reconciliation(facts))
    }

    private var attribution: String? {
        if case .openRepair = world.configuration.reports { OpenRepairData.attribution } else { nil }
    }

    /// Publishes, and waits until every order has ended; false when nothing ended for too long.
    private func live(_ before: Totals, _ crew: Crew) async throws -> Bool {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            let published = Bulletin<Bool, Bool>()
            group.addTask {
                await ReportDesk(world: world, cases: cases).publishAll()
                published.post(true, true)
            }
            group.addTask { await Finance(world: world).remitDaily() }
            group.addTask { await Foreman(world: world).reportSick(crew) }
            var closed = 0
            var lastEnd = ContinuousClock.now
            while true {
                try await Task.sleep(for: .milliseconds(500))
                tell(.running)
                let tally = world.tally.withLock { $0 }
                if tally.closed.count != closed {
                    closed = tally.closed.count
                    lastEnd = .now
                }
                if published[true] != nil, tally.opened.isSubset(of: tally.closed), try await isOver(before) {
                    return true
                }
                if ContinuousClock.now - lastEnd > world.configuration.longestStall { return false }
            }
        }
    }

    /// Our own count may lack an order that has just been opened, as a rework order is when its first closes: intake knows.
    /// Incomplete requests that somebody is still about to complete are waited for.
    private func isOver(_ before: Totals) async throws -> Bool {
        guard world.requests.count == world.tally.withLock({ $0.accepted }) else { return false }
        let intake = try await world.client.ask(IntakeTotalsQuery())
        let isOpen = before.intake.workOrders - before.intake.finished
        guard intake.finished + isOpen >= intake.workOrders else { return false }
        let left = world.requests.values.count { planned in
            planned.repaired.problem == nil && planned.fate.happens("left-incomplete", world.shares.leftIncomplete)
        }
        return intake.requestsByStatus["incomplete", default: 0]
            - before.intake.requestsByStatus["incomplete", default: 0] <= left
    }

    private func tell(_ phase: SimulationProgress.Phase) {
        let tally = world.tally.withLock { $0 }
        progress(
            SimulationProgress(
                phase: phase, reports: cases.count, published: tally.published, rejected: tally.rejected,
                opened: tally.opened.count, closed: tally.closed.count, domainTime: world.clock.now()))
    }
}
