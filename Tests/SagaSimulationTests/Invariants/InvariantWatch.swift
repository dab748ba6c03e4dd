import DomainContracts
import Foundation

@testable import ServiceKit

/// Holds the invariants against every commit. It keeps books of its own, so that what a service says about itself is
/// not all it is believed by.
final class InvariantWatch {
    private(set) var violation: Violation?
    /// Messages that had their effect.
    private var effects: [ServiceName: Set<DedupeKey>] = [:]
    private var eventIds: Set<String> = []
    /// By subject: the last sequence, and the message that caused it.
    private var sequences: [String: (sequence: Int, cause: String)] = [:]
    /// Rows of append-only tables by what makes them unique.
    private var factKeys: Set<String> = []
    var rejectedReports: [String: Int] = [:]
    var stock = StockBook()
    var ledger = Ledger()
    var numbers: [String: UUID] = [:]

    /// Only the first counts: what follows may follow from it.
    func violate(_ what: String) {
        if violation == nil { violation = Violation(what: what) }
    }

    func check(_ commit: Commit, _ history: History) {
        for dead in commit.dead { violate("\(commit.service): dead letter: \(dead)") }
        checkMessages(commit)
        checkEvents(commit)
        checkFacts(commit)
        for change in commit.changes {
            if change.before != nil, change.versions.count < 2 {
                violate("\(change.key.table)/\(change.key.id) changed without a new version")
            }
        }
        switch commit.service {
        case .intake: checkOrders(commit)
        case .dispatch: checkBookings(commit, history[.dispatch])
        case .fieldService: checkVisits(commit)
        case .inventory: checkStock(commit, history[.inventory])
        case .billing: checkAccounts(commit)
        case .feedback: checkFollowUps(commit)
        // It owns nothing, and is not simulated.
        case .console: break
        }
    }

    /// Each message has its effect once; a refusal, or a repetition, changes nothing.
    private func checkMessages(_ commit: Commit) {
        for handled in commit.handled where handled.item.route != nil {
            switch handled.verdict {
            case .done, .refused:
                guard effects[commit.service, default: []].insert(handled.item.dedupeKey).inserted else {
                    let envelope = handled.item.envelope
                    violate("\(commit.service): \(envelope.type) \(envelope.id) took effect twice")
                    continue
                }
            case .repeated, .waits, .fired: break
            }
        }
        guard commit.handled.count == 1, let only = commit.handled.first else { return }
        let type = only.item.envelope.type
        switch only.verdict {
        case .refused:
            let isRecord = commit.events.allSatisfy { $0.message is ReportRepairRejected } && commit.facts.count <= 1
            if !commit.changes.isEmpty || !isRecord { violate("\(type) was refused and changed something") }
        case .repeated, .waits:
            if !commit.changes.isEmpty || !commit.events.isEmpty || !commit.facts.isEmpty {
                violate("\(type) was repeated or waits, and changed something")
            }
        case .done, .fired: break
        }
    }

    /// Per aggregate, events leave in the order of its versions; only what one message caused shares a version.
    private func checkEvents(_ commit: Commit) {
        for event in commit.events {
            let envelope = event.envelope
            if !eventIds.insert(envelope.id).inserted { violate("two events have the id \(envelope.id)") }
            guard let subject = envelope.subject, let sequence = envelope.sequence.flatMap({ Int($0) }),
                let cause = envelope.causationid
            else {
                violate("\(envelope.type) names no subject, sequence or cause")
                continue
            }
            let name = "\(commit.service) \(subject)"
            if let last = sequences[name], (sequence, cause) != last, sequence <= last.sequence {
                violate("\(name): \(envelope.type) \(sequence) follows \(last.sequence)")
            }
            sequences[name] = (sequence, cause)
        }
    }

    /// A row that is there already: the real table would refuse it, and the batch with it.
    func mustBeNew(_ table: String, _ key: String) {
        if !factKeys.insert("\(table) \(key)").inserted { violate("\(table) has \(key) twice") }
    }
}

/// Which states can follow which, by a state machine's own word; a commit may take several steps at once.
struct Reach<State: Hashable & Sendable>: Sendable {
    private let after: [State: Set<State>]

    init<Act>(_ states: [State], _ acts: [Act], _ next: (State, Act) -> State?) {
        var after: [State: Set<State>] = [:]
        for state in states {
            var reached: Set<State> = [state]
            var edge = [state]
            while let from = edge.popLast() {
                for to in acts.compactMap({ next(from, $0) }) where reached.insert(to).inserted { edge.append(to) }
            }
            after[state] = reached
        }
        self.after = after
    }

    func allows(_ from: State, _ to: State) -> Bool { after[from]?.contains(to) ?? false }
}
