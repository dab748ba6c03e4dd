import DomainContracts
import Foundation

/// Letters that are settled together. Many are replayed in portions, each only once the one before is through, so that a service that
/// has just come back is not buried under all that it failed at.
struct LetterMass: Sendable {
    let service: ServiceName
    let door: BrokerDoor
    /// For whom and what; ids for a few, a filter for all.
    let command: SettleDeadLetters

    struct Outcome: Sendable {
        var settled: DeadLettersSettled
        /// Of those replayed, how many could not be handled this time either.
        var failed = 0
        /// A whole portion failed again, and the rest was left as it was.
        var isBroken = false
    }

    /// Messages replayed before it is waited for them.
    static let portion = 100

    func settleOnce() async throws -> Outcome { Outcome(settled: try await door.settle(command, at: service)) }

    func settleAll(_ say: (String) -> Void) async throws -> Outcome {
        let isReplay = command.action == "replay"
        var outcome = Outcome(settled: DeadLettersSettled(action: command.action))
        // One that fails again is dead anew, and is not taken twice: each portion begins behind the last one.
        var next = command
        next.limit = isReplay ? Self.portion : 1_000
        while true {
            let answer = try await door.settle(next, at: service)
            guard let last = answer.ids.last else { return outcome }
            outcome.settled.matching = outcome.settled.matching ?? answer.matching
            outcome.settled.ids += answer.ids
            next.after = last
            let all = max(outcome.settled.matching ?? 0, outcome.settled.ids.count)
            if isReplay {
                let failed = try await failures(of: answer.ids)
                outcome.failed += failed
                say("\(outcome.settled.ids.count) of \(all) replayed, \(outcome.failed) of them failed again")
                if failed == answer.ids.count, failed == Self.portion {
                    say("all of a portion failed again: the cause is not gone, and the rest stays as it is")
                    outcome.isBroken = true
                    return outcome
                }
            } else {
                say("\(outcome.settled.ids.count) of \(all) discarded")
            }
        }
    }

    /// Waits until each of a portion is handled, or has failed and waits for its next try or is dead.
    ///
    /// - Returns: how many have failed.
    private func failures(of ids: [Int]) async throws -> Int {
        while true {
            let left: DeadLetters = try await door.ask(
                service, Operations.dead, DeadLettersQuery(ids: ids, limit: Self.portion))
            // A try counts, whatever comes of it.
            if left.letters.allSatisfy({ $0.state != "parked" || $0.attempts > 0 }) { return left.letters.count }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}
