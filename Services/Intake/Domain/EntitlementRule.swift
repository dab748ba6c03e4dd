import DomainContracts
import FoundationEssentials

/// What the customer is entitled to, and which clause says so: rework before contract before warranty before nothing.
///
/// There are two warranties: the registered one, whose last day is on the device's record, and the usual one, counted
/// from the purchase. The better for the customer wins. What is registered is a fact and adds to a contract; the usual
/// one is a rule for when there is nothing better.
enum EntitlementRule {
    /// Months after purchase within which all is free, and within which parts still are.
    static let fullWarrantyMonths = 12
    static let partsWarrantyMonths = 24

    /// - Parameter customerNumbers: the customer's, and those of who was merged into him.
    static func entitlement(
        reworkOf: String?, contracts: [ContractProjection], customerNumbers: [String], serialNumber: String?,
        otherSerials: [String] = [],
        purchasedOn: String?, warrantyEndsOn: String? = nil, serviceType: ServiceType, at date: Date
    ) -> Entitlement {
        if let reworkOf {
            return Entitlement(
                kind: .rework, cover: .all, responseLevel: .nextDay,
                reason: CodedReason(code: "rework", parameters: ["workOrderNumber": reworkOf]))
        }
        let registered = registeredWarranty(endsOn: warrantyEndsOn, serviceType: serviceType, at: date)
        let covering = contracts.filter { contract in
            contract.covers(customers: customerNumbers, serial: serialNumber, at: date)
                || otherSerials.contains { contract.covers(customers: [], serial: $0, at: date) }
        }
        if let contract = covering.max(by: { $0.rank < $1.rank }) {
            let entitlement = Entitlement(
                kind: .contract, contractId: contract.contractId, contractNumber: contract.contractNumber,
                cover: contract.cover, responseLevel: contract.responseLevel,
                reason: CodedReason(
                    code: contract.deviceSerials.isEmpty ? "contract_covers_customer" : "contract_covers_device",
                    parameters: ["contractNumber": contract.contractNumber]))
            return registered.map { entitlement.widened(by: $0) } ?? entitlement
        }
        let usual = usualWarranty(purchasedOn: purchasedOn, serviceType: serviceType, at: date)
        if let registered { return registered }
        // Why an old warranty does not count is told by its own last day.
        guard usual.kind == .none, let endsOn = warrantyEndsOn, CalendarDay(endsOn) != nil else { return usual }
        guard serviceType == .repair else {
            return nothing("service_not_under_warranty", ["serviceType": serviceType.rawValue])
        }
        return nothing("warranty_over", ["warrantyEndsOn": endsOn])
    }

    /// All is free through the last day of it; nil where that is over, or unknown, or the service is no repair.
    private static func registeredWarranty(endsOn: String?, serviceType: ServiceType, at date: Date) -> Entitlement? {
        guard serviceType == .repair, let endsOn, let last = CalendarDay(endsOn), today(date) <= last else {
            return nil
        }
        return Entitlement(
            kind: .warranty, cover: .all, responseLevel: .nextDay,
            reason: CodedReason(code: "in_registered_warranty", parameters: ["warrantyEndsOn": endsOn]))
    }

    private static func today(_ date: Date) -> CalendarDay { CalendarDay(date, offset: ReadableNumber.companyOffset) }

    private static func usualWarranty(purchasedOn: String?, serviceType: ServiceType, at date: Date) -> Entitlement {
        guard let text = purchasedOn, let purchased = CalendarDay(text) else { return nothing("no_cover_known") }
        guard serviceType == .repair else {
            return nothing("service_not_under_warranty", ["serviceType": serviceType.rawValue])
        }
        let today = today(date)
        if today < purchased.adding(months: fullWarrantyMonths) {
            return Entitlement(
                kind: .warranty, cover: .all, responseLevel: .nextDay,
                reason: CodedReason(code: "in_full_warranty", parameters: ["purchasedOn": text]))
        }
        if today < purchased.adding(months: partsWarrantyMonths) {
            return Entitlement(
                kind: .warranty, cover: Cover(labour: false, parts: true, travel: false), responseLevel: .nextDay,
                reason: CodedReason(code: "in_parts_warranty", parameters: ["purchasedOn": text]))
        }
        return nothing("warranty_over", ["purchasedOn": text])
    }

    private static func nothing(_ code: String, _ parameters: [String: String] = [:]) -> Entitlement {
        Entitlement(
            kind: .none, cover: .nothing, responseLevel: .standard,
            reason: CodedReason(code: code, parameters: parameters))
    }
}

extension Entitlement {
    /// What a contract gives together with a warranty: each thing is free that either makes free, and the faster answer
    /// holds. Where the warranty adds nothing the contract alone is named.
    fileprivate func widened(by warranty: Entitlement) -> Entitlement {
        let cover = cover.union(warranty.cover)
        let level = responseLevel.speed >= warranty.responseLevel.speed ? responseLevel : warranty.responseLevel
        guard cover != self.cover || level != responseLevel else { return self }
        var better = self
        better.cover = cover
        better.responseLevel = level
        better.reason = CodedReason(
            code: "contract_and_warranty",
            parameters: reason.parameters.merging(warranty.reason.parameters) { contract, _ in contract })
        return better
    }
}

extension Cover {
    static let all = Cover(labour: true, parts: true, travel: true)
}
