import DomainContracts
import FoundationEssentials

/// What field service keeps of a work order.
struct OrderBrief: Codable, Sendable, Equatable {
    let workOrderNumber: String
    let receivedAt: Date
    var problem: String
    /// Visits that are neither over nor called off.
    var openVisits: [UUID] = []
    /// Visits that ended after somebody had been there.
    var visitsMade: Int?
    /// The last visit of the newest round that ended: where it left the order, the order stands.
    var lastEnded: EndedVisit?
    /// Ended by an intake that did not know of work on site, which takes the order up again whatever its round.
    var isReinstated: Bool?
    /// The newest round of need that was heard of; nil as none.
    var round: Int?
    /// The newest report, while it waits for the customer's word.
    var awaiting: AwaitedReport?
    /// The report whose order went on in a newer round before the customer said anything: nobody is asked about it any more.
    var setAside: AwaitedReport?
    /// The report that the customer confirmed, or let pass.
    var confirmedReportId: UUID?
    /// Part requests made on any of its visits; nil on orders of before they were kept.
    var partRequestIds: [UUID]?
    /// Closed, cancelled or merged, with nobody on site.
    var isClosed = false

    init(workOrderNumber: String, receivedAt: Date, problem: String) {
        self.workOrderNumber = workOrderNumber
        self.receivedAt = receivedAt
        self.problem = problem
        partRequestIds = []
    }

    mutating func open(_ visitId: UUID) {
        if !openVisits.contains(visitId) { openVisits.append(visitId) }
    }

    mutating func close(_ visitId: UUID) { openVisits.removeAll { $0 == visitId } }

    /// Whether intake sends somebody again since that round, so that what it came to decides nothing any more. Where intake took
    /// the order up again for work that it had not known of, that work counts, whatever its round.
    func isPast(_ round: Int) -> Bool { round < self.round ?? 0 && isReinstated != true }

    /// Takes note of a round of need; false when it is no news.
    mutating func enter(_ round: Int) -> Bool {
        guard round > self.round ?? 0 else { return false }
        self.round = round
        return true
    }

    /// Whether a part request is one of the order's, as far as that is known.
    func knows(partRequest id: UUID) -> Bool { partRequestIds?.contains(id) ?? true }

    mutating func note(partRequest id: UUID) {
        if partRequestIds?.contains(id) == false { partRequestIds?.append(id) }
    }

    /// Takes the end of a visit, in whatever order the ends of several come.
    mutating func note(endOf visit: Visit) {
        guard let end = visit.end else { return }
        if let last = lastEnded, (last.round, last.endedAt) > (visit.round, end.endedAt) { return }
        lastEnded = EndedVisit(visitId: visit.visitId, round: visit.round, endedAt: end.endedAt)
    }
}

/// A visit that ended, and what tells which of several counts.
struct EndedVisit: Codable, Sendable, Equatable {
    let visitId: UUID
    let round: Int
    let endedAt: Date
}

/// A report before the customer.
struct AwaitedReport: Codable, Sendable, Equatable {
    let reportId: UUID
    let visitId: UUID
    /// Without a word until then it counts as confirmed.
    let deadline: Date
}
