import DomainContracts
import FoundationEssentials

/// What feedback keeps of a work order: whom to tell about it, and who is responsible.
struct OrderNotice: Codable, Sendable, Equatable {
    let workOrderNumber: String
    let contactId: UUID
    let receivedAt: Date
    /// The engineer whose visit was booked last.
    var engineerId: UUID?
    var engineerSince: Date?
    /// Newest booking told of, by assignment id.
    var bookings: [String: Int] = [:]
    /// When it went on last after it was thought done; nil as never. Nobody is asked about work before that.
    var reopenedAt: Date?
    /// Sequence of the closing that was counted last; 0 while open.
    var closedSequence = 0

    init(workOrderNumber: String, contactId: UUID, receivedAt: Date) {
        self.workOrderNumber = workOrderNumber
        self.contactId = contactId
        self.receivedAt = receivedAt
    }

    /// False when this booking, or a newer one of its assignment, was told before.
    mutating func book(_ event: AssignmentBooked, sequence: Int) -> Bool {
        let assignment = event.assignmentId.text
        guard sequence > bookings[assignment, default: 0] else { return false }
        bookings[assignment] = sequence
        if event.bookedAt >= engineerSince ?? .distantPast {
            engineerId = event.engineerId
            engineerSince = event.bookedAt
        }
        return true
    }
}

/// Somebody of ours, and who stands above him.
struct Staff: Codable, Sendable, Equatable {
    let name: String
    let supervisorId: UUID?
    /// Sequence of the news this is made of: the newest wins.
    let sequence: Int
}
