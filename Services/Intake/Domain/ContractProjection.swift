import DomainContracts
import FoundationEssentials

/// A contract of billing's, as far as entitlement asks for it; the newest `contract-changed` wins.
struct ContractProjection: Codable, Sendable, Equatable {
    var contractId: UUID
    var contractNumber: String
    var status: ContractStatus
    var customerNumber: String
    var responseLevel: ResponseLevel
    var cover: Cover
    /// Empty: all of the customer's devices.
    var deviceSerials: [String]
    var startsOn: Date
    var endsOn: Date
    /// Sequence of the event it was taken from.
    var sequence: String
    /// Planned visits that the term includes; nil: as many as are planned.
    var visitQuota: Int?
    /// Maintenance plans under it.
    var planIds: [UUID]?
    /// Work orders that plans opened in this term since it had a quota; those that were cancelled count no more.
    var plannedOrderIds: [UUID]?

    /// Keeps what intake itself noted beside an older state of it; another term begins with an unused quota.
    mutating func keepNotes(of known: ContractProjection) {
        planIds = known.planIds
        if known.startsOn == startsOn { plannedOrderIds = known.plannedOrderIds }
    }

    /// Whether work is done under it at a moment.
    func isInForce(at date: Date) -> Bool { status == .active && date < endsOn }

    /// - Parameter customers: the numbers of one customer.
    func covers(customers: [String], serial: String?, at date: Date) -> Bool {
        guard status == .active, startsOn <= date, date < endsOn else { return false }
        if let serial, deviceSerials.contains(where: { Device.normalised($0) == Device.normalised(serial) }) {
            return true
        }
        return deviceSerials.isEmpty && customers.contains(customerNumber)
    }

    /// Among several the faster, then the one that covers more, then the newer.
    var rank: (Int, Int, Date) {
        (responseLevel.speed, [cover.labour, cover.parts, cover.travel].count { $0 }, startsOn)
    }
}

extension ResponseLevel {
    /// The greater the sooner somebody answers.
    var speed: Int {
        switch self {
        case .fourHour: 2
        case .nextDay: 1
        default: 0
        }
    }
}

/// The contracts that may cover a customer number or a serial number; found by an id derived from that key.
struct ContractIndex: Codable, Sendable, Equatable {
    var key: String
    var contractIds: [UUID]
}
