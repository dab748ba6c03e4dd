import DomainContracts
import FoundationEssentials

/// Who was at a device, or at a customer, last: he knows it. Its id is the device's or the customer's.
struct LastVisit: Codable, Sendable, Equatable {
    let engineerId: UUID
    let workOrderId: UUID
    let endedAt: Date

    /// Nil where he has seen nothing of it: nobody was there.
    init?(_ event: VisitEnded) {
        if event.reason == .noAccess { return nil }
        engineerId = event.engineerId
        workOrderId = event.workOrderId
        endedAt = event.endedAt
    }
}

extension JobOrigin {
    /// Of what it is remembered who was there last: the device, then the customer.
    var remembered: [UUID] { [deviceId, customerId].compactMap { $0 } }
}
