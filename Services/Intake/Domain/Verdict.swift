import DomainContracts
import FoundationEssentials

/// What an ended visit leaves: where the order stands, and whether somebody is needed again.
enum Verdict: Equatable, Sendable {
    /// Somebody has to go again, now.
    case again(DispatchReason)
    case awaitingParts
    case awaitingCustomer
    case awaitingApproval
    case awaitingQuote
    /// Nobody goes before that date.
    case unsafe(until: Date)
    /// Nobody has to go again: the customer confirms or disputes.
    case finished(Outcome, at: Date)
    case confirmed(Outcome, at: Date)

    var state: WorkOrderState {
        switch self {
        case .again: .pendingDispatch
        case .awaitingParts: .awaitingParts
        case .awaitingCustomer: .awaitingCustomer
        case .awaitingApproval: .awaitingApproval
        case .awaitingQuote: .awaitingQuote
        case .unsafe: .onHold
        case .finished: .awaitingConfirmation
        case .confirmed: .awaitingFollowUp
        }
    }
}

extension WorkOrderFacts {
    /// Days until an unsafe site is looked at again when the engineer named no date.
    private static let unsafeWait: TimeInterval = 86_400

    func verdict(of trip: TripFacts) -> Verdict? {
        if trip.disputedAt != nil { return .again(.reopened) }
        guard let end = trip.end else {
            if let at = trip.confirmedAt { return .confirmed(.fixed, at: at) }
            return trip.missedAt == nil ? nil : .again(.missed)
        }
        if let (outcome, at) = finish(of: trip, end) {
            if trip.confirmedAt != nil { return .confirmed(outcome, at: at) }
            switch lastWord(since: at) {
            case .confirmed: return .confirmed(outcome, at: at)
            case .disputed: return .again(.reopened)
            case nil: return .finished(outcome, at: at)
            }
        }
        // Field service lets only finished work be confirmed, so its word stands whatever else is still on its way.
        if trip.confirmedAt != nil { return .confirmed(end.outcome ?? .cannotComplete, at: end.at) }
        return waiting(trip, end)
    }

    private enum Word { case confirmed, disputed }

    /// The customer's last word on a report made since. The newest report speaks for the order, also where it is that
    /// of an engineer of an older round, who left after the one who was sent since.
    private func lastWord(since date: Date) -> Word? {
        let words = trips.flatMap { trip in
            [(trip.confirmedAt, Word.confirmed), (trip.disputedAt, Word.disputed)]
        }
        let since = words.compactMap { at, word in at.map { (at: $0, word: word) } }.filter { $0.at >= date }
        return since.max { $0.at < $1.at }?.word
    }

    /// Outcome and time of a visit after which nobody goes again, if it is one.
    private func finish(of trip: TripFacts, _ end: TripEnd) -> (Outcome, Date)? {
        switch end.reason {
        case .workDone: return (end.outcome ?? .fixed, end.at)
        case .cannotBeDone: return (end.outcome ?? .cannotComplete, end.at)
        case .quoteRefused: return (.quoteRefused, end.at)
        default: break
        }
        let waitsForEstimate = end.reason == .needsQuote || end.reason == .needsApproval
        for estimate in waitsForEstimate ? newestEstimates(of: trip) : estimates(of: trip) {
            switch standing(of: estimate) {
            // A no that came while the engineer was still there left it to him how to end the visit.
            case .refused(let at) where waitsForEstimate || at >= end.at: return (.quoteRefused, max(at, end.at))
            case .rejected(let at) where waitsForEstimate || at >= end.at: return (.cannotComplete, max(at, end.at))
            case .refused, .rejected, .awaitingApproval, .awaitingQuote, .settled: continue
            }
        }
        return nil
    }

    private func estimates(of trip: TripFacts) -> [EstimateFacts] { estimates.filter { $0.visitId == trip.id } }

    /// The answer for which an engineer leaves is that to the newest estimate, whatever became of those before it: a dear
    /// repair was refused, and a cheaper one is before the customer. Field service's `newestRefusal` says the same.
    private func newestEstimates(of trip: TripFacts) -> [EstimateFacts] {
        let all = estimates(of: trip)
        let newest = all.map(\.askedAt).max()
        return all.filter { $0.askedAt == newest }
    }

    private func waiting(_ trip: TripFacts, _ end: TripEnd) -> Verdict {
        let standings = estimates(of: trip).map(standing)
        switch end.reason {
        case .noAccess: return .awaitingCustomer
        case .skillShort: return .again(.skillShort)
        case .unsafe: return .unsafe(until: end.resumeOn ?? end.at + Self.unsafeWait)
        default: break
        }
        // Nobody goes again before the money is agreed, whatever else is missing.
        if standings.contains(.awaitingApproval) { return .awaitingApproval }
        if standings.contains(.awaitingQuote) { return .awaitingQuote }
        switch end.reason {
        case .partMissing, .partWrong: return partsAreThere(end) ? .again(.partsReady) : .awaitingParts
        case .needsApproval: return standings.isEmpty ? .awaitingApproval : .again(.approved)
        case .needsQuote: return standings.isEmpty ? .awaitingQuote : .again(.approved)
        // A reason that a newer field service invented: an agent looks at it.
        default: return .unsafe(until: end.at + Self.unsafeWait)
        }
    }

    /// Or will never be: what inventory has given up, whoever goes asks for again.
    private func partsAreThere(_ end: TripEnd) -> Bool {
        !end.partRequestIds.isEmpty
            && end.partRequestIds.allSatisfy { id in
                partRequests.contains { $0.id == id && ($0.complete || $0.isReleased == true) }
            }
    }
}
