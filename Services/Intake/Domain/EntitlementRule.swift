import DomainContracts
import FoundationEssentials

/// What the customer is entitled to, and which clauses say so. Every one that applies gives what it has: each thing is free that one
/// of them makes free, and the fastest answer holds. Rework is one, and makes all free.
///
/// There are two warranties: the registered one, whose last day is on the device's record, and the usual one, counted
/// from the purchase.
enum EntitlementRule {
    /// Months after purchase within which all is free, and within which parts still are.
    static let fullWarrantyMonths = 12
    static let partsWarrantyMonths = 24

    /// - Parameters:
    ///   - customerNumbers: the customer's, and those of who was merged into him.
    ///   - serials: of the device, and of the records for which it stands.
    static func entitlement(
        reworkOf: String?, contracts: [ContractProjection], customerNumbers: [String], serials: [DeviceSerial],
        purchasedOn: String?, warrantyEndsOn: String? = nil, serviceType: ServiceType, at date: Date
    ) -> Entitlement {
        let covering = contracts.filter { $0.covers(customers: customerNumbers, serials: serials, at: date) }
        var clauses = covering.compactMap { $0.clause(for: serviceType) }.sorted { $0.rank > $1.rank }
            .map { $0.clause }
        if serviceType == .repair {
            clauses += [
                registeredWarranty(endsOn: warrantyEndsOn, at: date), usualWarranty(purchasedOn: purchasedOn, at: date),
            ].compactMap { $0 }
        }
        if let reworkOf { clauses.insert(rework(of: reworkOf), at: 0) }
        if !clauses.isEmpty { return .decided(by: clauses) }
        return Entitlement(
            kind: .none, cover: .nothing, responseLevel: .standard,
            reason: whyNothing(covering, purchasedOn, warrantyEndsOn, serviceType))
    }

    private static func rework(of workOrderNumber: String) -> EntitlementClause {
        EntitlementClause(
            kind: .rework, cover: .all, responseLevel: .nextDay,
            reason: CodedReason(code: "rework", parameters: ["workOrderNumber": workOrderNumber]))
    }

    /// All is free through the last day of it; nil where that is over, or unknown.
    private static func registeredWarranty(endsOn: String?, at date: Date) -> EntitlementClause? {
        guard let endsOn, let last = CalendarDay(endsOn), today(date) <= last else { return nil }
        return warranty(.all, CodedReason(code: "in_registered_warranty", parameters: ["warrantyEndsOn": endsOn]))
    }

    private static func usualWarranty(purchasedOn: String?, at date: Date) -> EntitlementClause? {
        // What is still to be bought, by a record of before such days were refused, is under no warranty.
        guard let text = purchasedOn, let purchased = CalendarDay(text), !purchased.isAhead(of: date) else {
            return nil
        }
        let today = today(date)
        if today < purchased.adding(months: fullWarrantyMonths) {
            return warranty(.all, CodedReason(code: "in_full_warranty", parameters: ["purchasedOn": text]))
        }
        guard today < purchased.adding(months: partsWarrantyMonths) else { return nil }
        return warranty(
            Cover(labour: false, parts: true, travel: false),
            CodedReason(code: "in_parts_warranty", parameters: ["purchasedOn": text]))
    }

    private static func warranty(_ cover: Cover, _ reason: CodedReason) -> EntitlementClause {
        EntitlementClause(kind: .warranty, cover: cover, responseLevel: .nextDay, reason: reason)
    }

    /// A contract that is for other services; else an old warranty, by its own last day before the usual one.
    private static func whyNothing(
        _ silent: [ContractProjection], _ purchasedOn: String?, _ warrantyEndsOn: String?, _ serviceType: ServiceType
    ) -> CodedReason {
        if let contract = silent.max(by: { $0.startsOn < $1.startsOn }) {
            return CodedReason(
                code: "service_not_under_contract",
                parameters: ["contractNumber": contract.contractNumber, "serviceType": serviceType.rawValue])
        }
        let registered = warrantyEndsOn.flatMap { CalendarDay($0) } != nil ? warrantyEndsOn : nil
        let purchased = purchasedOn.flatMap { CalendarDay($0) } != nil ? purchasedOn : nil
        guard registered != nil || purchased != nil else { return CodedReason(code: "no_cover_known") }
        guard serviceType == .repair else {
            return CodedReason(
                code: "service_not_under_warranty", parameters: ["serviceType": serviceType.rawValue])
        }
        if let registered { return CodedReason(code: "warranty_over", parameters: ["warrantyEndsOn": registered]) }
        return CodedReason(code: "warranty_over", parameters: ["purchasedOn": purchased ?? ""])
    }

    private static func today(_ date: Date) -> CalendarDay { CalendarDay(date, offset: ReadableNumber.companyOffset) }
}

extension Cover {
    static let all = Cover(labour: true, parts: true, travel: true)
}
