import DomainContracts
import FoundationEssentials

/// A contract of billing's, as far as entitlement asks for it; the newest `contract-changed` wins.
struct ContractProjection: Codable, Sendable, Equatable {
    var contractId: UUID
    var contractNumber: String
    /// Nil on projections of before it was kept, until the contract changes.
    var contractType: ContractType?
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

    /// - Parameters:
    ///   - customers: the numbers of one customer.
    ///   - serials: of one device.
    func covers(customers: [String], serials: [DeviceSerial], at date: Date) -> Bool {
        guard status == .active, startsOn <= date, date < endsOn else { return false }
        return deviceSerials.isEmpty ? customers.contains(customerNumber) : serials.contains { means($0) }
    }

    /// Whether it lists a device by that number, and means that one. Of several devices that have the number, of several brands, it
    /// means its own customer's.
    func means(_ serial: DeviceSerial) -> Bool {
        guard serial.isOnlyOne || serial.owners.contains(customerNumber) else { return false }
        return deviceSerials.contains { Device.normalised($0) == Device.normalised(serial.number) }
    }

    /// What it makes free of a service that is done under it; nil where it says nothing about such a service. The table
    /// is in docs/sla.md.
    func cover(of service: ServiceType) -> Cover? {
        guard let contractType else { return cover }
        return switch contractType {
        case .inspection: service == .inspection ? cover : nil
        case .warranty: service == .repair ? cover : nil
        // Each call is paid by the price list; what was sold is how soon somebody comes.
        case .perCall: .nothing
        default: Self.upkeep.contains(service) ? cover : nil
        }
    }

    /// What keeping a device up is.
    static let upkeep: Set<ServiceType> = [.repair, .maintenance, .inspection, .consultation]
}

/// A serial number of a device, as contracts may list it.
struct DeviceSerial: Sendable, Equatable {
    let number: String
    /// Whether no other device has it.
    let isOnlyOne: Bool
    /// The numbers of the device's customer.
    let owners: [String]
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
