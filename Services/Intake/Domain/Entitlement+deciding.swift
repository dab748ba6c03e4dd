import DomainContracts
import FoundationEssentials

extension Entitlement {
    /// What clauses give together. Of several that give the same, the first decided it; who decided anything first is who the
    /// entitlement is named after.
    ///
    /// - Parameter applying: all that apply, at least one, in the order in which they are asked.
    static func decided(by applying: [EntitlementClause]) -> Entitlement {
        var clauses = applying
        let speed = clauses.map(\.responseLevel.speed).max()
        let asked: [(EntitlementMatter, (EntitlementClause) -> Bool)] = [
            (.responseLevel, { $0.responseLevel.speed == speed }), (.labour, { $0.cover.labour }),
            (.parts, { $0.cover.parts }), (.travel, { $0.cover.travel }),
        ]
        for (matter, gives) in asked {
            if let index = clauses.firstIndex(where: gives) { clauses[index].decided.append(matter) }
        }
        let deciding = clauses.filter { !$0.decided.isEmpty }
        let named = deciding.first { $0.kind == .rework } ?? deciding[0]
        return Entitlement(
            kind: named.kind, contractId: named.contractId, contractNumber: named.contractNumber,
            cover: clauses.reduce(.nothing) { $0.union($1.cover) },
            responseLevel: clauses.first { $0.decided.contains(.responseLevel) }?.responseLevel ?? .standard,
            reason: reason(of: deciding, named), clauses: clauses)
    }

    /// One clause's own reason; of several, that they were several, with the parameters of all.
    private static func reason(of deciding: [EntitlementClause], _ named: EntitlementClause) -> CodedReason {
        // That it is rework says why all is free; who answers sooner than for rework is among the clauses.
        guard deciding.count > 1, !deciding.contains(where: { $0.kind == .rework }) else { return named.reason }
        let numbers = deciding.compactMap(\.contractNumber)
        var parameters = deciding.reduce(into: [:]) { $0.merge($1.reason.parameters) { first, _ in first } }
        if numbers.count > 1 { parameters["contractNumbers"] = numbers.joined(separator: ", ") }
        let isWithWarranty = deciding.contains { $0.kind == .warranty }
        return CodedReason(
            code: isWithWarranty ? "contract_and_warranty" : "several_contracts", parameters: parameters)
    }

    /// Notes that its response level gave the order another priority than `standard` would have.
    mutating func decidesPriority() {
        guard let index = clauses?.firstIndex(where: { $0.decided.contains(.responseLevel) }) else { return }
        clauses?[index].decided.insert(.priority, at: 0)
    }
}

extension ContractProjection {
    /// What it gives a service, before anything else is asked, and where it stands among others: the faster before the one
    /// that covers more, before the newer. Nil where it says nothing about such a service.
    func clause(for service: ServiceType) -> (rank: (Int, Int, Date, String), clause: EntitlementClause)? {
        guard let cover = cover(of: service) else { return nil }
        let clause = EntitlementClause(
            kind: .contract, contractId: contractId, contractNumber: contractNumber, contractType: contractType,
            cover: cover, responseLevel: responseLevel,
            reason: CodedReason(
                code: deviceSerials.isEmpty ? "contract_covers_customer" : "contract_covers_device",
                parameters: ["contractNumber": contractNumber]))
        let breadth = [cover.labour, cover.parts, cover.travel].count { $0 }
        return ((responseLevel.speed, breadth, startsOn, contractNumber), clause)
    }
}
