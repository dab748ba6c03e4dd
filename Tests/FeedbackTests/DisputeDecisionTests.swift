import DomainContracts
import Foundation
import Testing

@testable import Feedback

@Suite("telling what was decided about a dispute") struct DisputeDecisionTests {
    private static func news(_ desk: Desk, _ status: DisputeStatus) -> EntitlementDisputeChanged {
        EntitlementDisputeChanged(
            disputeId: desk.order, workOrderId: desk.order, workOrderNumber: desk.number, customerId: desk.order,
            status: status, reason: .warranty, statement: "去年才买的", openedAt: desk.bench.now,
            decideBy: desk.bench.now, decisionReason: "发票有效",
            entitlement: Entitlement(
                kind: .warranty, cover: Cover(labour: true, parts: false, travel: true), responseLevel: .standard,
                reason: CodedReason(code: "in_full_warranty")))
    }

    @Test(
        "the customer hears of the decision once, with its reason and what is free; of nothing before, and not of his own word"
    )
    func told() throws {
        var desk = Desk()
        try desk.meet()
        let early = Self.news(desk, .upheld)
        #expect(try desk.bench.receive(early, by: TellDisputeDecision(), story: desk.order) != .applied)
        try desk.open()
        for status in [DisputeStatus.open, .withdrawn, .partlyUpheld, .partlyUpheld] {
            try desk.bench.receive(Self.news(desk, status), by: TellDisputeDecision(), story: desk.order)
        }
        let told = desk.told.filter { $0.template == "dispute-decided" }
        #expect(told.map(\.parameters) == [["decision": "partly_upheld", "reason": "发票有效", "free": "labour travel"]])
    }

    @Test("nothing is called free where the decision frees nothing, or misuse stands")
    func free() throws {
        let labour = Cover(labour: true, parts: false, travel: false)
        let cases: [(DisputeStatus, misuse: Bool, despite: Cover?, free: String?)] = [
            (.rejected, false, nil, nil), (.rejected, true, nil, nil), (.upheld, true, nil, nil),
            (.upheld, true, labour, "labour"), (.upheld, false, nil, "labour travel"),
        ]
        for (status, misuse, despite, free) in cases {
            var desk = Desk()
            try desk.meet()
            try desk.open()
            var news = Self.news(desk, status)
            news.misuseFound = misuse
            news.coverDespiteMisuse = despite
            try desk.bench.receive(news, by: TellDisputeDecision(), story: desk.order)
            let told = try #require(desk.told.last { $0.template == "dispute-decided" })
            #expect(told.parameters["free"] == free && told.parameters["decision"] == status.rawValue)
        }
    }
}
