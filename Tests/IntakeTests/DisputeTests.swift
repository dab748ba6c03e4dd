import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("Disputes about what an order is entitled to")
struct DisputeTests {
    var intake = IntakeBench()

    @Test(
        "upheld: the entitlement is resolved anew from what was claimed, the earlier one is kept, the device learns it")
    mutating func upheld() throws {
        let order = try intake.chargeable()
        #expect(order.entitlement.reason.code == "warranty_over")
        let open = try intake.dispute(order, claim: EntitlementClaim(purchasedOn: "2026-06-01"))
        #expect(open.isOpen && open.statement == "去年才买的" && open.evidence.count == 1)
        #expect(try intake.order(order.id).openDisputeId == open.id)
        #expect(intake.bench.last(EntitlementDisputeChanged.self)?.status == .open)

        let ended = try intake.decide(open, .upheld)
        let after = try intake.order(order.id)
        #expect(ended.status == .upheld && ended.previousEntitlement == order.entitlement)
        #expect(after.entitlement.cover == .all && after.entitlement.reason.code == "in_full_warranty")
        #expect(after.entitlement.reason.parameters == ["purchasedOn": "2026-06-01"])
        #expect(after.earlierEntitlements?.map(\.entitlement) == [order.entitlement] && after.openDisputeId == nil)
        #expect(intake.bench.state(Device.self, try #require(order.deviceId))?.purchasedOn == "2026-06-01")
        let told = try #require(intake.bench.last(EntitlementDisputeChanged.self))
        #expect(told.entitlement == after.entitlement && told.previousEntitlement == order.entitlement)
        #expect(told.coverDespiteMisuse == nil && told.endedBy == "tester")
        // The device's next order begins with it.
        #expect(try intake.opened(.full, id: "r-2").entitlement.cover == .all)
    }

    @Test("clocks become sooner by a better level, never later; the priority stays")
    mutating func clocks() throws {
        let order = try intake.chargeable()
        let dueBefore = order.clocks.map { $0.reading(at: intake.bench.now, .shipped).dueAt ?? .distantFuture }
        _ = try intake.decide(try intake.dispute(order, claim: EntitlementClaim(purchasedOn: "2026-06-01")), .upheld)
        let after = try intake.order(order.id)
        let dueNow = after.clocks.map { $0.reading(at: intake.bench.now, .shipped).dueAt ?? .distantFuture }
        #expect(zip(dueNow, dueBefore).allSatisfy { $0 <= $1 } && dueNow != dueBefore)
        #expect(intake.bench.last(SLAClocksChanged.self)?.workOrderId == order.id)
        #expect(after.brief.priority == order.brief.priority)
    }

    @Test("a clock that is paused gets the better level's target too, and is due by it when it runs on")
    mutating func paused() throws {
        let order = try intake.chargeable()
        let trip = UUID()
        try intake.visit(order, trip)
        try intake.end(order, trip, .noAccess)
        #expect(try intake.standing(order).status == .paused && intake.standing(order).targetSeconds == 3_150 * 60)
        _ = try intake.decide(try intake.dispute(order, claim: EntitlementClaim(purchasedOn: "2026-06-01")), .upheld)
        #expect(try intake.standing(order).status == .paused && intake.standing(order).targetSeconds == 1_800 * 60)
        #expect(intake.bench.last(SLAClocksChanged.self)?.workOrderId == order.id)
        try intake.bench.send(ResumeWorkOrder(workOrderId: order.id), to: ResumeOrder())
        // Four days of 7.5 hours from Monday, 10:00.
        #expect(try intake.standing(order).dueAt == RFC3339.parse("2026-11-27T02:00:00Z"))
    }

    @Test("what would be late by the better level already keeps its target: no promise is broken by hindsight")
    mutating func hindsight() throws {
        let order = try intake.chargeable()
        let better = SLABook.standard.promise(.nextDay, order.brief.priority, .repair)
        let resolution = SLAClock(
            .resolution, calendar: better.calendar, targetSeconds: better.seconds(.resolution),
            startedAt: order.receivedAt)
        intake.bench.now = try #require(resolution.reading(at: intake.bench.now, .shipped).dueAt) + 60
        let known = try #require(order.clocks.first { $0.kind == .resolution })
        try #require(!known.reading(at: intake.bench.now, .shipped).isLate)
        _ = try intake.decide(try intake.dispute(order, claim: EntitlementClaim(purchasedOn: "2026-06-01")), .upheld)
        let after = try #require(try intake.order(order.id).clocks.first { $0.kind == .resolution })
        #expect(after.events.map(\.what) == [.started])
        #expect(!after.reading(at: intake.bench.now, .shipped).isLate)
    }

    @Test("upheld in part, what is named is free; without a clause for it, too")
    mutating func partly() throws {
        let order = try intake.chargeable()
        let labour = Cover(labour: true, parts: false, travel: false)
        let ended = try intake.decide(try intake.dispute(order, .other), .partlyUpheld, cover: labour)
        #expect(ended.entitlement.cover == labour && ended.entitlement.kind == .none)
        #expect(ended.entitlement.reason.code == "dispute_partly_upheld")
        #expect(ended.entitlement.reason.parameters["clause"] == "warranty_over")
        // A second one gives more on top, and both earlier ones are kept.
        let parts = Cover(labour: false, parts: true, travel: false)
        let again = try intake.decide(try intake.dispute(order, .other), .partlyUpheld, cover: parts)
        #expect(again.entitlement.cover == labour.union(parts))
        #expect(try intake.order(order.id).earlierEntitlements?.count == 2)
    }

    @Test("misuse that is set aside frees by the cover, or by what is named of it")
    mutating func misuse() throws {
        var report = ReportRepair.full
        report.device?.purchasedOn = "2026-06-01"
        let order = try intake.opened(report)
        #expect(order.entitlement.cover == .all)
        let ended = try intake.decide(try intake.dispute(order, .notMisuse), .upheld)
        #expect(ended.coverDespiteMisuse == .all && ended.previousEntitlement == nil)
        #expect(try intake.order(order.id).earlierEntitlements == nil)
        let labour = Cover(labour: true, parts: false, travel: false)
        let part = try intake.decide(try intake.dispute(order, .notMisuse), .partlyUpheld, cover: labour)
        #expect(part.coverDespiteMisuse == labour && part.entitlement == order.entitlement)
    }

    @Test("a contract that is accepted covers, whatever devices it lists; one that the customer has not is refused")
    mutating func contract() throws {
        var report = ReportRepair.full
        report.customer?.customerNumber = "K-1"
        report.device?.purchasedOn = "2010-01-01"
        try intake.bench.receive(
            ContractChanged(
                contractId: UUID(), contractNumber: "C-9", contractType: .maintenance, status: .active,
                customerNumber: "K-1", responseLevel: .fourHour,
                cover: Cover(labour: true, parts: false, travel: true), deviceSerials: ["OTHER"],
                startsOn: IntakeBench.monday - 1e6, endsOn: IntakeBench.monday + 1e6), by: ProjectContract())
        let order = try intake.opened(report)
        #expect(order.entitlement.kind == .none)
        let open = try intake.dispute(order, .contract, claim: EntitlementClaim(contractNumber: "C-8"))
        let unknown = try refusal { _ = try intake.decide(open, .upheld) }
        #expect(unknown.errors.map(\.pointer) == ["/data/accepted/contractNumber"])
        let ended = try intake.decide(open, .upheld, accepted: EntitlementClaim(contractNumber: "C-9"))
        #expect(ended.entitlement.contractNumber == "C-9" && ended.entitlement.responseLevel == .fourHour)
    }

    @Test("what gives nothing is not upheld; a rejected dispute leaves all as it was")
    mutating func nothing() throws {
        let order = try intake.chargeable()
        let open = try intake.dispute(order, claim: EntitlementClaim(purchasedOn: "2015-01-01"))
        #expect(try refusal { _ = try intake.decide(open, .upheld) }.code == "nothing-gained")
        #expect(try intake.order(order.id).openDisputeId == open.id)
        #expect(try intake.decide(open, .rejected).status == .rejected)
        let after = try intake.order(order.id)
        #expect(after.entitlement == order.entitlement && after.earlierEntitlements == nil)
        #expect(intake.bench.state(Device.self, try #require(order.deviceId))?.purchasedOn == "2010-01-01")
        #expect(try refusal { _ = try intake.decide(open, .rejected) }.code == "dispute-decided")
    }

    @Test("one open dispute an order, none of what is free or was cancelled, and every member is looked at")
    mutating func refused() throws {
        let order = try intake.chargeable()
        let open = try intake.dispute(order)
        #expect(try refusal { _ = try intake.dispute(order) }.code == "dispute-open")
        let bad = try refusal {
            try intake.bench.send(
                DisputeEntitlement(
                    workOrderId: order.id, reason: DisputeReason(rawValue: "luck"), statement: " ",
                    evidence: [Attachment(dataref: "", mediaType: "image/jpeg")],
                    claim: EntitlementClaim(purchasedOn: "2026-02-30")),
                to: OpenDispute(links: IntakeBench.links, policy: DisputePolicy()))
        }
        #expect(
            bad.errors.map(\.pointer) == [
                "/data/statement", "/data/reason", "/data/evidence/0/dataref", "/data/claim/purchasedOn",
            ])
        let unnamed = try refusal { _ = try intake.decide(open, .partlyUpheld) }
        #expect(unnamed.errors.map(\.pointer) == ["/data/cover"])
        try intake.cancel(order)
        let dropped = try #require(intake.bench.state(EntitlementDispute.self, open.id))
        #expect(dropped.status == .withdrawn && dropped.decisionReason == "cancelled")
        #expect(intake.bench.last(EntitlementDisputeChanged.self)?.status == .withdrawn)
        #expect(try intake.order(order.id).openDisputeId == nil)
        #expect(try refusal { _ = try intake.dispute(order) }.code == "dispute-not-allowed")
        #expect(!intake.bench.timers.contains { $0.kind == RemindOfDispute.kind })

        var report = ReportRepair.full
        report.device = ReportedDevice(serialNumber: "AC-2", purchasedOn: "2026-06-01")
        let free = try intake.opened(report, id: "r-9")
        #expect(try refusal { _ = try intake.dispute(free) }.code == "nothing-to-dispute")
    }

    @Test("the customer disputes by the link by which he follows, or as who reported; nobody else does")
    mutating func customer() throws {
        let order = try intake.chargeable()
        #expect(try refusal { _ = try intake.dispute(order, user: "somebody") }.status == 403)
        let other = IntakeBench.links.follow(UUID())
        #expect(try refusal { _ = try intake.dispute(order, token: other) }.status == 403)
        let token = IntakeBench.links.follow(order.requestId)
        let open = try intake.dispute(order, token: token)
        #expect(open.channel == "wechat")
        let withdraw = WithdrawDispute(links: IntakeBench.links)
        let command = WithdrawEntitlementDispute(disputeId: open.id, token: token)
        try intake.bench.send(
            command, to: withdraw, by: ("adapter", "wechat"), channel: "wechat", source: "/adapters/wechat")
        #expect(intake.bench.state(EntitlementDispute.self, open.id)?.status == .withdrawn)
        #expect(try intake.dispute(order, user: "ox-user").isOpen)
    }

    @Test("undecided for three working days, the supervisor is told, a working day later the manager, then nobody")
    mutating func reminded() throws {
        // Monday, 10:00 in the company's zone: Thursday's end is 18:00.
        let order = try intake.chargeable()
        let open = try intake.dispute(order)
        #expect(open.decideBy == IntakeBench.monday + 3 * 86_400 + 8 * 3_600)
        try intake.bench.fire(RemindOfDispute(), for: open.id)
        try intake.bench.fire(RemindOfDispute(), for: open.id)
        #expect(intake.bench.now == open.decideBy + 86_400)
        #expect(try !intake.bench.fire(RemindOfDispute(), for: open.id))
        let told = intake.bench.all(IntakeEscalationRaised.self).map(\.escalation)
        #expect(told.map(\.toRole) == ["supervisor", "manager"])
        #expect(told.map(\.reason.code) == ["dispute_undecided", "dispute_undecided"])
        #expect(Set(told.map(\.escalationId)).count == 2)
    }
}
