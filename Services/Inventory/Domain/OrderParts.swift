import DomainContracts
import FoundationEssentials

/// The part requests of one work order, and what ended them.
struct OrderParts: Codable, Sendable, Equatable {
    private(set) var requestIds: [UUID] = []
    /// Visits after which nobody comes again for what they asked.
    private(set) var finalVisitIds: [UUID] = []
    private(set) var closedAt: Date?
    /// Closed, not cancelled or merged: nobody takes the order up again, whatever is done on it; nil as no.
    private(set) var isClosedForGood: Bool?

    mutating func add(_ requestId: UUID) {
        if !requestIds.contains(requestId) { requestIds.append(requestId) }
    }

    mutating func end(visit visitId: UUID) {
        if !finalVisitIds.contains(visitId) { finalVisitIds.append(visitId) }
    }

    mutating func close(at date: Date, forGood: Bool) {
        closedAt = max(closedAt ?? date, date)
        if forGood { isClosedForGood = true }
    }

    /// Whether a request comes too late to be wanted: its visit had its last word, or the order was closed after the
    /// request was made. A request made after it was cancelled or merged shows that the order was reinstated.
    func isOver(visit visitId: UUID, neededAt: Date) -> Bool {
        finalVisitIds.contains(visitId) || isClosedForGood == true || closedAt.map { neededAt <= $0 } == true
    }

    /// Whether a visit that ended so leaves nothing to fetch parts for.
    static func isFinal(_ reason: VisitEndReason) -> Bool {
        [.workDone, .cannotBeDone, .quoteRefused].contains(reason)
    }
}
