import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Finds everything that a plan names, or says what of it is unknown or does not fit together.
    mutating func agree(on terms: MaintenancePlanTerms) throws(Refusal) -> AgreedPlan {
        let contract = try contract(of: terms)
        var owner: UUID?
        if let contract {
            guard let id = lookUp("customer:\(contract.customerNumber)") else {
                throw .invalid(
                    "/data/plan/\(terms.contractId == nil ? "contractNumber" : "contractId")", "unknown-customer",
                    "the contract of a registered customer; \(contract.customerNumber) is none")
            }
            owner = survivor(of: id)
        }
        // All are asked for before any is missed: what is not loaded yet is loaded at once.
        var found: [Device?] = []
        for (index, named) in terms.devices.enumerated() {
            found.append(try device(named, at: "/data/plan/devices/\(index)"))
        }
        var devices: [UUID] = []
        for (index, device) in found.enumerated() {
            let pointer = "/data/plan/devices/\(index)"
            guard let device else {
                throw .invalid(pointer, "unknown-device", "the id, code or serial number of a registered device")
            }
            let holder = survivor(of: device.customerId)
            let isNamed = contract.map { names($0, device) } ?? false
            if let owner, owner != holder, !isNamed {
                throw .invalid(
                    pointer, "another-customer",
                    contract == nil ? "a device of the same customer" : "a device of the contract's customer")
            }
            owner = owner ?? holder
            if let contract, !contract.deviceSerials.isEmpty, !isNamed {
                throw .invalid(pointer, "not-covered", "a device that the contract names")
            }
            if devices.contains(device.id) { throw .invalid(pointer, "duplicate", "each device once") }
            devices.append(device.id)
        }
        guard let owner else { throw .invalid("/data/plan/devices", "required", "at least one device, or a contract") }
        try checkNotErased(owner)
        return AgreedPlan(
            terms: terms, customerId: owner, contract: contract, deviceIds: devices, setAt: now, setBy: envelope.authid)
    }

    private mutating func contract(of terms: MaintenancePlanTerms) throws(Refusal) -> ContractProjection? {
        let pointer = "/data/plan/\(terms.contractId == nil ? "contractNumber" : "contractId")"
        let found: ContractProjection?
        if let id = terms.contractId {
            found = get(ContractProjection.self, id)
        } else if let number = terms.contractNumber, let customer = terms.customerNumber {
            let keys = LookupKey.contracts(customerNumber: customer, serialNumber: nil)
            var known: [ContractProjection] = []
            for key in keys {
                for id in get(ContractIndex.self, IntakeID.contractIndex(key))?.contractIds ?? [] {
                    if let contract = get(ContractProjection.self, id) { known.append(contract) }
                }
            }
            found = known.first { $0.contractNumber == number && $0.customerNumber == customer }
        } else {
            return nil
        }
        guard let found else { throw .invalid(pointer, "unknown-contract", "a contract that billing has registered") }
        guard found.isInForce(at: now) else { throw .invalid(pointer, "contract-ended", "a contract in force") }
        return found
    }

    private mutating func device(_ named: PlannedDevice, at pointer: String) throws(Refusal) -> Device? {
        if let id = named.deviceId { return get(Device.self, id) }
        return try device(
            code: named.code?.trimmed, serialNumber: named.serialNumber?.trimmed, brand: named.brand?.trimmed,
            at: pointer)
    }
}

extension Turn {
    /// Whether a contract lists the device by a serial number.
    mutating func names(_ contract: ContractProjection, _ device: Device) -> Bool {
        serials(of: device).contains { contract.means($0) }
    }
}
