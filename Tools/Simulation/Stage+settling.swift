import AMQP
import DomainContracts
import Foundation
import ServiceKit

extension Stage {
    /// Hands over the cash, waits until the last messages are through, and gathers what both sides know.
    ///
    /// Each round looks at everything anew; the first whose lines all hold is the answer, else the one when time is up.
    func settle(_ before: Totals) async throws -> ReconciliationFacts {
        let deadline = ContinuousClock.now + max(.seconds(20), world.real(minutes: 2_000))
        while true {
            try await Finance(world: world).remitAll()
            let facts = try await gather(before)
            if Reconciliation(facts).holds, isPaid(facts) || ContinuousClock.now > deadline { return facts }
            if ContinuousClock.now > deadline { return facts }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Whether the payments that were on their way have arrived: nothing was heard for a while.
    private func isPaid(_ facts: ReconciliationFacts) -> Bool {
        feed.silence > world.real(minutes: 150) || feed.silence > .seconds(8)
    }

    private func gather(_ before: Totals) async throws -> ReconciliationFacts {
        var dead: [String: Int] = [:]
        var parked: [String: Int] = [:]
        for service in ServiceName.allCases {
            let letters: DeadLetters = try await world.client.ask(
                service, Operations.dead, DeadLettersQuery(limit: 1))
            dead[service.rawValue] = letters.counts["dead"]
            parked[service.rawValue] = letters.counts["parked"]
        }
        let after = try await Totals.ask(world.client)
        let tally = world.tally.withLock { $0 }
        return ReconciliationFacts(
            published: tally.published, accepted: tally.accepted, rejected: tally.rejected,
            doubledAnswers: tally.doubledAnswers, before: before, after: after, book: world.book.withLock { $0 },
            collected: tally.collected, remitted: tally.remitted, dead: dead, parked: parked,
            queues: try await depths())
    }

    private func depths() async throws -> [String: Int] {
        let administrator = AMQPAdministrator(broker)
        var depths: [String: Int] = [:]
        for service in ServiceName.allCases {
            for queue in ["commands", "events", "dead"].map({ "\(service.rawValue).\($0)" }) {
                depths[queue] = try? await administrator.depth(of: queue).messageCount
            }
        }
        await administrator.close()
        return depths
    }
}
