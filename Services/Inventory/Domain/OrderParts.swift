import DomainContracts
import FoundationEssentials

/// The part requests of one work order, and what ended them.
struct OrderParts: Codable, Sendable, Equatable {
    private(set) var requestIds: [UUID] = []
    /// Visits after which nobody comes again for what they asked.
    private(set) var finalVisitIds: [UUID] = []
    private(set) var closedAt: Date?

    mutating func add(_ requestId: UUID) {
        if !requestIds.contains(requestId) { requestIds.append(requestId) }
    }

    mutating func end(visit visitId: UUID) {
        if !finalVisitIds.contains(visitId) { finalVisitIds.append(visitId) }
    }

    mutating func close(at date: Date) { closedAt = max(closedAt ?? date, date) }

    /// Whether a request comes too late to be wanted: its visit had its last word, or the order was closed after the
    /// request was made. A request made after the closing shows that the order was reinstated.
    func isOver(visit visitId: UUID, neededAt: Date) -> Bool {
        finalVisitIds.contains(visitId) || closedAt.map { neededAt <= $0 } == true
    }

    /// Whether a visit that ended so leaves nothing to fetch parts for.
    static func isFinal(_ reason: VisitEndReason) -> Bool {
        [.workDone, .cannotBeDone, .quoteRefused].contains(reason)
    }
}
