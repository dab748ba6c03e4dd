import DomainContracts
import FoundationEssentials

/// What the customer is entitled to, and which clause says so: rework before contract before warranty before nothing.
enum EntitlementRule {
    /// Months after purchase within which all is free, and within which parts still are.
    static let fullWarrantyMonths = 12
    static let partsWarrantyMonths = 24

    static func entitlement(
        reworkOf: String?, contracts: [ContractProjection], customerNumber: String?, serialNumber: String?,
        purchasedOn: String?, serviceType: ServiceType, at date: Date
    ) -> Entitlement {
        if let reworkOf {
            return Entitlement(
                kind: .rework, cover: .all, responseLevel: .nextDay,
                reason: CodedReason(code: "rework", parameters: ["workOrderNumber": reworkOf]))
        }
        let covering = contracts.filter { $0.covers(customer: customerNumber, serial: serialNumber, at: date) }
        if let contract = covering.max(by: { $0.rank < $1.rank }) {
            return Entitlement(
                kind: .contract, contractId: contract.contractId, contractNumber: contract.contractNumber,
                cover: contract.cover, responseLevel: contract.responseLevel,
                reason: CodedReason(
                    code: contract.deviceSerials.isEmpty ? "contract_covers_customer" : "contract_covers_device",
                    parameters: ["contractNumber": contract.contractNumber]))
        }
        return warranty(purchasedOn: purchasedOn, serviceType: serviceType, at: date)
    }

    private static func warranty(purchasedOn: String?, serviceType: ServiceType, at date: Date) -> Entitlement {
        guard let text = purchasedOn, let purchased = CalendarDay(text) else { return nothing("no_cover_known") }
        guard serviceType == .repair else {
            return nothing("service_not_under_warranty", ["serviceType": serviceType.rawValue])
        }
        let today = CalendarDay(date, offset: ReadableNumber.companyOffset)
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
            kind: .none, cover: Cover(labour: false, parts: false, travel: false), responseLevel: .standard,
            reason: CodedReason(code: code, parameters: parameters))
    }
}

extension Cover {
    static let all = Cover(labour: true, parts: true, travel: true)
}
