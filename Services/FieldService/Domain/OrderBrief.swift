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
    /// The newest report, while it waits for the customer's word.
    var awaiting: AwaitedReport?
    /// The report that the customer confirmed, or let pass.
    var confirmedReportId: UUID?
    /// Closed, cancelled or merged, with nobody on site.
    var isClosed = false

    init(workOrderNumber: String, receivedAt: Date, problem: String) {
        self.workOrderNumber = workOrderNumber
        self.receivedAt = receivedAt
        self.problem = problem
    }

    mutating func open(_ visitId: UUID) {
        if !openVisits.contains(visitId) { openVisits.append(visitId) }
    }

    mutating func close(_ visitId: UUID) { openVisits.removeAll { $0 == visitId } }
}

/// A report before the customer.
struct AwaitedReport: Codable, Sendable, Equatable {
    let reportId: UUID
    let visitId: UUID
    /// Without a word until then it counts as confirmed.
    let deadline: Date
}
