import DomainContracts

/// Whether both sides agree, line by line. Pure: the same facts give the same lines.
public struct Reconciliation: Codable, Sendable {
    /// One thing that must hold.
    public struct Line: Codable, Sendable, Hashable {
        /// Stable, for programs: `reports`, `stock`, `ledger` …
        public var code: String
        public var holds: Bool
        /// What was compared, in words.
        public var title: String
        /// The figures.
        public var detail: String
    }

    public let lines: [Line]

    /// Whether every line holds.
    public var holds: Bool { lines.allSatisfy(\.holds) }

    public init(_ facts: ReconciliationFacts) {
        lines =
            Self.reports(facts) + Self.orders(facts) + Self.stock(facts) + Self.cash(facts) + Self.ledger(facts)
            + Self.effects(facts) + Self.messages(facts)
    }

    private static func line(_ code: String, _ holds: Bool, _ title: String, _ detail: String) -> Line {
        Line(code: code, holds: holds, title: title, detail: detail)
    }

    private static func reports(_ facts: ReconciliationFacts) -> [Line] {
        let (before, after) = (facts.before.intake, facts.after.intake)
        let requests = after.requests - before.requests
        let rejected = after.rejected - before.rejected
        let byStatus = difference(after.requestsByStatus, before.requestsByStatus)
        let parts = byStatus.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: " + ")
        let firstOrders = (after.workOrders - after.reworkOrders) - (before.workOrders - before.reworkOrders)
        let converted = byStatus["converted", default: 0] + byStatus["merged", default: 0]
        return [
            line(
                "reports",
                facts.published == requests + rejected && byStatus.values.reduce(0, +) == requests
                    && facts.accepted == requests && facts.rejected == rejected,
                "reports published = accepted + rejected 报修核对",
                "\(facts.published) = \(parts.isEmpty ? "0" : parts) + \(rejected) rejected"),
            line(
                "requests", firstOrders == converted, "one work order for each converted request 一单一工单",
                "\(converted) requests, \(firstOrders) work orders"),
        ]
    }

    private static func orders(_ facts: ReconciliationFacts) -> [Line] {
        let after = facts.after.intake
        let open = after.workOrdersByStatus.filter {
            !["closed", "cancelled", "merged"].contains($0.key) && $0.value != 0
        }
        let detail = open.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return [
            line(
                "final", after.finished == after.workOrders, "every work order is in a final status 工单全部了结",
                "\(after.finished) of \(after.workOrders)" + (detail.isEmpty ? "" : "; open: \(detail)"))
        ]
    }

    private static func stock(_ facts: ReconciliationFacts) -> [Line] {
        let stock = facts.after.inventory
        let value = (
            stock.receivedValue.amount + stock.adjustedValue.amount,
            stock.onHandValue.amount + stock.consumedValue.amount + stock.scrappedValue.amount
        )
        return [
            line(
                "stock", stock.received + stock.adjusted == stock.onHand + stock.consumed + stock.scrapped,
                "stock in pieces: received ± adjusted = on hand + consumed + scrapped 备件数量",
                "\(stock.received) + \(stock.adjusted) = \(stock.onHand) + \(stock.consumed) + \(stock.scrapped)"),
            line(
                "stock-value", value.0 == value.1, "stock by value, the same equation 备件金额",
                "\(yuan(value.0)) = \(yuan(value.1))"),
            line(
                "reservations", stock.reserved == 0, "nothing is reserved any more 预占清零", "\(stock.reserved) pieces"),
        ]
    }

    private static func cash(_ facts: ReconciliationFacts) -> [Line] {
        func inHand(_ totals: Totals) -> Int { totals.billing.cashInHand.values.reduce(0) { $0 + $1.amount } }
        let kept = inHand(facts.after) - inHand(facts.before)
        let named = facts.after.billing.cashInHand.filter { $0.value.amount != 0 }.sorted { $0.key < $1.key }
            .map { "\(yuan($0.value.amount)) with \($0.key.prefix(8))" }
        return [
            line(
                "cash", facts.collected == facts.remitted + kept, "cash taken = remitted + named 现场收费与交款",
                "\(yuan(facts.collected)) = \(yuan(facts.remitted)) + \(yuan(kept))"
                    + (named.isEmpty ? "" : ": " + named.joined(separator: ", ")))
        ]
    }

    private static func effects(_ facts: ReconciliationFacts) -> [Line] {
        let after = facts.after
        let doubled = [
            ("requests", after.intake.doubledRequests), ("answers", facts.doubledAnswers),
            ("movements", after.inventory.doubledMovements), ("charges", after.billing.doubledCharges),
            ("bookings", after.dispatch.doubleBookings),
        ]
        return [
            line(
                "effects", doubled.allSatisfy { $0.1 == 0 }, "nothing happened twice 无重复",
                doubled.map { "\($0.1) \($0.0)" }.joined(separator: ", "))
        ]
    }

    private static func messages(_ facts: ReconciliationFacts) -> [Line] {
        func sum(_ counts: [String: Int]) -> String {
            let some = counts.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            return some.isEmpty ? "0" : some.map { "\($0.value) in \($0.key)" }.joined(separator: ", ")
        }
        func none(_ counts: [String: Int]) -> Bool { counts.values.allSatisfy { $0 == 0 } }
        return [
            line("dead", none(facts.dead), "no dead letters 无死信", sum(facts.dead)),
            line("parked", none(facts.parked), "nothing is parked 无滞留", sum(facts.parked)),
            line("queues", none(facts.queues), "all queues are empty 队列已空", sum(facts.queues)),
        ]
    }

    private static func difference(_ after: [String: Int], _ before: [String: Int]) -> [String: Int] {
        after.merging(before) { $0 - $1 }.filter { $0.value != 0 && after[$0.key] != nil }
    }

    static func yuan(_ minor: Int) -> String {
        let cents = abs(minor) % 100
        return "\(minor < 0 ? "−" : "")\(abs(minor) / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}
