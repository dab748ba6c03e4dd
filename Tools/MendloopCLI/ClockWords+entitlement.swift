import DomainContracts

extension ClockWords {
    /// By what the customer is promised something; every contract and warranty that applied on a line of its own.
    func entitled(_ entitlement: Entitlement) -> String {
        let clause = entitlement.contractNumber.map { " \($0)" } ?? ""
        let (level, code) = (entitlement.responseLevel.rawValue, entitlement.reason.code)
        let head = say(
            "level \(level) by \(entitlement.kind)\(clause) (\(code))",
            "服务级别 \(level)，依据 \(entitlement.kind)\(clause)（\(code)）")
        return ([head] + (entitlement.clauses ?? []).map(applied)).joined(separator: "\n")
    }

    private func applied(_ clause: EntitlementClause) -> String {
        let name = [clause.contractType?.rawValue, clause.kind.rawValue, clause.contractNumber].compactMap { $0 }
            .joined(separator: " ")
        let decided = list(clause.decided.map(matter))
        let what =
            decided.isEmpty
            ? say("applies, and gives nothing more", "适用，未增加权益") : say("decides \(decided)", "决定\(decided)")
        return say("  \(name) (\(clause.reason.code)): \(what)", "  \(name)（\(clause.reason.code)）：\(what)")
    }

    private func matter(_ matter: EntitlementMatter) -> String {
        switch matter {
        case .priority: say("priority", "优先级")
        case .responseLevel: say("level", "服务级别")
        case .labour: say("labour", "工时费")
        case .parts: say("parts", "备件费")
        case .travel: say("travel", "上门费")
        default: matter.rawValue
        }
    }
}
