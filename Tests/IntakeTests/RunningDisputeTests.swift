import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Intake

@Suite("Disputes on real servers")
struct RunningDisputeTests {
    @Test("open disputes are listed until they are decided; those of an order stay to be read, in pages")
    func listed() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        var report = ReportRepair.full
        report.device?.purchasedOn = "2010-01-01"
        var orders: [UUID] = []
        for number in 1...2 {
            let answer = try await client.ask(
                report, id: "r-\(number)", source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
            orders.append(try #require(answer.workOrderId))
        }
        for order in orders {
            let answer = try await client.ask(
                DisputeEntitlement(
                    workOrderId: order, reason: .warranty, statement: "去年才买的",
                    evidence: [Attachment(dataref: "x", mediaType: "image/jpeg")],
                    claim: EntitlementClaim(purchasedOn: "2026-06-01")))
            #expect(answer.status == "open" && answer.version == 1)
        }
        let first = try await client.ask(EntitlementDisputesQuery(limit: 1))
        let cursor = try #require(first.cursor)
        let rest = try await client.ask(EntitlementDisputesQuery(limit: 1, cursor: cursor))
        let open = first.disputes + rest.disputes
        #expect(rest.cursor == nil && Set(open.map(\.workOrderId)) == Set(orders))
        #expect(open.allSatisfy { $0.evidence.count == 1 && $0.claim?.purchasedOn == "2026-06-01" })
        let decided = try #require(open.first { $0.workOrderId == orders[0] })
        _ = try await client.ask(
            DecideEntitlementDispute(
                disputeId: decided.disputeId, decision: .upheld, reason: "发票有效", expectedVersion: 1))
        #expect(try await client.ask(EntitlementDisputesQuery()).disputes.map(\.workOrderId) == [orders[1]])
        let kept = try await client.ask(EntitlementDisputesQuery(workOrderId: orders[0])).disputes
        #expect(kept.map(\.status) == [.upheld] && kept[0].previousEntitlement?.reason.code == "warranty_over")
        let order = try await client.ask(WorkOrderQuery(workOrderId: orders[0]))
        #expect(order.entitlement?.reason.code == "in_full_warranty")
        // After it was decided another one may be opened: misuse is not of the entitlement.
        _ = try await client.ask(
            DisputeEntitlement(workOrderId: orders[0], reason: .notMisuse, statement: "正常使用"))
        #expect(try await client.ask(EntitlementDisputesQuery(workOrderId: orders[0])).disputes.count == 2)
        let wrong = await #expect(throws: Problem.self) {
            try await client.ask(EntitlementDisputesQuery(cursor: "x"))
        }
        #expect(wrong?.errors.map(\.pointer) == ["/data/cursor"])
        await client.close()
        await service.stop()
    }
}
