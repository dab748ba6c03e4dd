import DomainContracts
import FoundationEssentials

/// What the services said about one work order, as they said it. The status is a function of these and of nothing
/// else, so it does not matter in which order they came.
struct WorkOrderFacts: Codable, Sendable, Equatable {
    var trips: [TripFacts] = []
    var estimates: [EstimateFacts] = []
    var partRequests: [PartRequestFacts] = []
    /// The newest need; its round is the order's. Nil when nobody was ever needed.
    var need: DispatchNeed?
    var hold: HoldFacts?
    var remoteResolution: RemoteResolution?
    var followUp: FollowUpFacts?
    var cancellation: Cancellation?
    var merge: MergeFacts?
    var closedAt: Date?
    /// When one of us first did something about it of which no other service tells: he completed its request, or wrote.
    var agentActedAt: Date?
    /// What billing said last about misuse; nil while it said nothing.
    var misuse: MisuseFact?

    var round: Int { need?.round ?? 0 }

    /// The first act counts, in whatever order they are heard of.
    mutating func note(agentAct at: Date) { agentActedAt = min(agentActedAt ?? at, at) }

    /// The facts of an assignment and its visit, made if they are not there yet.
    subscript(trip id: UUID) -> TripFacts {
        get { trips.first { $0.id == id } ?? TripFacts(id: id, round: round) }
        set {
            if let index = trips.firstIndex(where: { $0.id == id }) {
                trips[index] = newValue
            } else {
                trips.append(newValue)
            }
        }
    }

    subscript(estimate id: UUID, of visitId: UUID) -> EstimateFacts {
        get { estimates.first { $0.id == id } ?? EstimateFacts(id: id, visitId: visitId) }
        set {
            if let index = estimates.firstIndex(where: { $0.id == id }) {
                estimates[index] = newValue
            } else {
                estimates.append(newValue)
            }
        }
    }

    /// How an estimate stands: an open one that was superseded stands as the one that took its place.
    func standing(of estimate: EstimateFacts) -> EstimateFacts.Standing {
        var last = estimate
        for _ in estimates {
            guard last.standing.isOpen, let next = estimates.first(where: { $0.id == last.supersededBy }) else { break }
            last = next
        }
        return last.standing
    }

    subscript(partRequest id: UUID, of visitId: UUID) -> PartRequestFacts {
        get { partRequests.first { $0.id == id } ?? PartRequestFacts(id: id, visitId: visitId) }
        set {
            if let index = partRequests.firstIndex(where: { $0.id == id }) {
                partRequests[index] = newValue
            } else {
                partRequests.append(newValue)
            }
        }
    }
}

/// Whether misuse was found, as of when.
struct MisuseFact: Codable, Sendable, Equatable {
    var isFound: Bool
    var saidAt: Date
}

/// Suspended until a date.
struct HoldFacts: Codable, Sendable, Equatable {
    var reason: HoldReason
    var since: Date
    var resumeOn: Date
}

/// Settled without a visit.
struct RemoteResolution: Codable, Sendable, Equatable {
    var at: Date
    var remedy: String
    var minutes: Int
    /// The round it settled; a later one takes the order up again.
    var round: Int
}

/// The customer's last word, or its deadline.
struct FollowUpFacts: Codable, Sendable, Equatable {
    var code: ClosureCode
    var at: Date
    var fixed: Bool?
}

struct Cancellation: Codable, Sendable, Equatable {
    var at: Date
    var reason: CancelReason
}

struct MergeFacts: Codable, Sendable, Equatable {
    var at: Date
    var into: UUID
}
