import DomainContracts
import FoundationEssentials

extension OrderAccount {
    /// The lines the job would have by what is known now: planned, asked for, and done so far.
    func estimateLines(_ book: PriceBook) -> [ChargeLine] {
        let planned = Self.pieces(remedies.flatMap(\.parts))
        let asked = Self.pieces(requested.values.flatMap { $0 })
        let parts = planned.merging(asked, uniquingKeysWith: max).merging(usedPieces, uniquingKeysWith: max)
        return lines(minutes: estimatedMinutes, parts: parts, book)
    }

    /// The lines of what was really done, and never more than the customer said yes to. Without his word only the
    /// looking is charged, and that only where labour is not covered.
    func chargeLines(_ book: PriceBook) -> [ChargeLine] {
        guard visits.contains(where: \.hadAccess) else { return [] }
        let done = lines(minutes: workedMinutes, parts: usedPieces, book)
        if let acceptedLimit { return Self.capped(done, at: acceptedLimit, book) }
        let free = Self.capped(done, at: 0, book).filter { $0.listAmount.amount > 0 }
        guard !effectiveCover.labour else { return free }
        let fee = Money(book.inspectionFee, currency)
        return free + [
            ChargeLine(
                kind: .inspection, quantity: 1, listAmount: fee, amount: fee,
                tax: Money(book.tax(in: fee.amount, .inspection), currency))
        ]
    }

    /// Lines as they were billed, without what is covered now. Nothing else is rated anew: what was billed stands, whatever
    /// the job would cost today.
    func withoutCovered(_ billed: [ChargeLine], _ book: PriceBook) -> [ChargeLine] {
        billed.map { line in
            guard line.amount.amount > 0, isCovered(line.kind) else { return line }
            var line = line
            line.amount.amount = 0
            line.tax.amount = book.tax(in: 0, line.kind)
            line.coveredBy = clause(freeing: line.kind)
            return line
        }
    }

    /// Looking is work.
    func isCovered(_ kind: ChargeLineKind) -> Bool {
        switch kind {
        case .labour, .inspection: effectiveCover.labour
        case .travel: effectiveCover.travel
        case .part: effectiveCover.parts
        default: false
        }
    }

    /// What people read as the reason of a free line: the contract or warranty that frees that kind.
    private func clause(freeing kind: ChargeLineKind) -> String {
        let matter: EntitlementMatter? =
            switch kind {
            case .labour, .inspection: .labour
            case .travel: .travel
            case .part: .parts
            default: nil
            }
        return matter.flatMap { coveredByMatter?[$0.rawValue] } ?? coveredBy
    }

    /// By matter, the contract number of the clause that decided it, or its kind; nil where one decided all.
    static func names(_ clauses: [EntitlementClause]?) -> [String: String]? {
        let deciding = (clauses ?? []).filter { !$0.decided.isEmpty }
        guard deciding.count > 1 else { return nil }
        return deciding.reduce(into: [:]) { names, clause in
            for matter in clause.decided { names[matter.rawValue] = clause.contractNumber ?? clause.kind.rawValue }
        }
    }

    /// Our own cost of the job as estimated: parts at average cost, time at the engineer's rate.
    func estimatedCost(hourlyCost: Int, partCosts: [String: Int], _ lines: [ChargeLine]) -> Int {
        lines.reduce(0) { sum, line in
            switch line.kind {
            case .labour: sum + divideHalfEven(line.quantity * hourlyCost, by: 60)
            case .part: sum + line.quantity * (partCosts[line.partCode ?? ""] ?? 0)
            default: sum
            }
        }
    }

    /// Every part whose price an estimate or the charge needs.
    var partCodes: Set<String> {
        Set(remedies.flatMap(\.parts).map(\.partCode)).union(requested.values.joined().map(\.partCode))
            .union(usages.map(\.partCode))
    }

    var workedMinutes: Int { visits.reduce(0) { $0 + $1.labourMinutes } }

    /// Labour, travel and the parts used.
    var serviceCost: Int { visits.reduce(0) { $0 + $1.cost } + usageCosts.values.reduce(0, +) }

    private var usedPieces: [String: Int] {
        Self.pieces(usages.filter { $0.quantity > 0 }.map { PlannedPart(partCode: $0.partCode, quantity: $0.quantity) })
    }

    private static func pieces(_ parts: [PlannedPart]) -> [String: Int] {
        parts.reduce(into: [:]) { $0[$1.partCode, default: 0] += max(0, min($1.quantity, 100_000)) }
    }

    private func lines(minutes: Int, parts: [String: Int], _ book: PriceBook) -> [ChargeLine] {
        let cover = effectiveCover
        var lines = [
            line(.labour, minutes, book.labour(minutes: minutes), cover.labour, book),
            line(.travel, 1, book.travelFee, cover.travel, book),
        ]
        for (code, pieces) in parts.sorted(by: { $0.key < $1.key }) where pieces > 0 {
            var part = line(.part, pieces, (prices[code] ?? book.unknownPart) * pieces, cover.parts, book)
            part.partCode = code
            lines.append(part)
        }
        return lines
    }

    private func line(
        _ kind: ChargeLineKind, _ quantity: Int, _ list: Int, _ isCovered: Bool, _ book: PriceBook
    ) -> ChargeLine {
        let amount = isCovered ? 0 : list
        return ChargeLine(
            kind: kind, quantity: quantity, listAmount: Money(list, currency), amount: Money(amount, currency),
            tax: Money(book.tax(in: amount, kind), currency), coveredBy: isCovered ? clause(freeing: kind) : nil)
    }

    /// Takes what is above the limit off the lines, the first ones first: time is ours to misjudge, parts are not.
    private static func capped(_ lines: [ChargeLine], at limit: Int, _ book: PriceBook) -> [ChargeLine] {
        var excess = lines.reduce(0) { $0 + $1.amount.amount } - limit
        return lines.map { line in
            guard excess > 0, line.amount.amount > 0 else { return line }
            var line = line
            let off = min(excess, line.amount.amount)
            excess -= off
            line.amount.amount -= off
            line.tax.amount = book.tax(in: line.amount.amount, line.kind)
            line.coveredBy = "accepted-quote"
            return line
        }
    }
}
