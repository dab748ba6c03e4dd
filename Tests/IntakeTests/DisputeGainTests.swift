import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("What a decision gives, and what it does not")
struct DisputeGainTests {
    static let labour = Cover(labour: true, parts: false, travel: false)
    static let beyond = EntitlementClaim(warrantyEndsOn: "2099-12-31")

    var intake = IntakeBench()

    /// An order of which a contract frees the labour alone.
    private mutating func underContract() throws -> WorkOrder {
        var report = ReportRepair.full
        report.customer?.customerNumber = "K-1"
        report.device?.purchasedOn = "2010-01-01"
        try intake.bench.receive(
            ContractChanged(
                contractId: UUID(), contractNumber: "C-9", contractType: .maintenance, status: .active,
                customerNumber: "K-1", responseLevel: .fourHour, cover: Self.labour, deviceSerials: [],
                startsOn: IntakeBench.monday - 1e6, endsOn: IntakeBench.monday + 1e6), by: ProjectContract())
        let order = try intake.opened(report)
        #expect(order.entitlement.cover == Self.labour)
        return order
    }

    @Test(
        "what was claimed is taken for shown by upholding that claim alone: not in part, and not beside another reason")
    mutating func claims() throws {
        let order = try underContract()
        let part = try intake.decide(
            try intake.dispute(order, claim: Self.beyond), .partlyUpheld,
            cover: Cover(labour: false, parts: true, travel: false))
        #expect(part.entitlement.cover == Cover(labour: true, parts: true, travel: false))
        #expect(try intake.device(of: order).warrantyEndsOn == nil)
        _ = try intake.decide(try intake.dispute(order, .notMisuse, claim: Self.beyond), .upheld)
        #expect(try intake.device(of: order).warrantyEndsOn == nil)
        #expect(try intake.order(order.id).entitlement.cover == part.entitlement.cover)
        // What somebody looked at and says is shown is known from then on.
        let shown = EntitlementClaim(warrantyEndsOn: "2026-10-31")
        _ = try intake.decide(
            try intake.dispute(order, claim: Self.beyond), .partlyUpheld, accepted: shown, cover: .all)
        #expect(try intake.device(of: order).warrantyEndsOn == "2026-10-31")
    }

    @Test("nothing was bought in the future")
    mutating func future() throws {
        let order = try intake.chargeable()
        let claim = EntitlementClaim(purchasedOn: "2099-01-01")
        let claimed = try refusal { _ = try intake.dispute(order, claim: claim) }
        #expect(claimed.errors.map(\.pointer) == ["/data/claim/purchasedOn"])
        let open = try intake.dispute(order)
        let accepted = try refusal { _ = try intake.decide(open, .upheld, accepted: claim) }
        #expect(
            accepted.errors.map(\.code) == ["in-future"] && accepted.errors[0].pointer == "/data/accepted/purchasedOn")
    }

    @Test("once misuse is set aside by an upheld dispute, what later ones give is free in spite of it")
    mutating func misuseAside() throws {
        let order = try underContract()
        let first = try intake.decide(try intake.dispute(order, .notMisuse), .upheld)
        #expect(first.coverDespiteMisuse == Self.labour)
        let second = try intake.decide(
            try intake.dispute(order, claim: EntitlementClaim(warrantyEndsOn: "2027-06-30")), .upheld)
        #expect(second.entitlement.cover == .all && second.coverDespiteMisuse == .all)
    }

    @Test(
        "set aside in part, misuse stands for what later ones give, unless they say so; what gives nothing more is refused"
    )
    mutating func misuseInPart() throws {
        let order = try underContract()
        _ = try intake.decide(try intake.dispute(order, .notMisuse), .partlyUpheld, cover: Self.labour)
        let claim = EntitlementClaim(warrantyEndsOn: "2027-06-30")
        #expect(try intake.decide(try intake.dispute(order, claim: claim), .upheld).coverDespiteMisuse == nil)
        #expect(try intake.decide(try intake.dispute(order, .notMisuse), .upheld).coverDespiteMisuse == .all)
        intake = IntakeBench()
        let aside = try underContract()
        _ = try intake.decide(try intake.dispute(aside, .notMisuse), .upheld)
        let again = try intake.dispute(aside, .other)
        #expect(try refusal { _ = try intake.decide(again, .upheld) }.code == "nothing-gained")
    }

    @Test("a decision says whether misuse had been found by then, as the newest finding has it")
    mutating func misuseFound() throws {
        let order = try intake.chargeable()
        let before = try intake.decide(try intake.dispute(order, .other), .partlyUpheld, cover: Self.labour)
        #expect(before.misuseFound == nil)
        for (misuse, ago) in [(true, 0.0), (false, 60.0)] {
            try intake.bench.receive(
                EstimatePrepared(
                    estimateId: UUID(), workOrderId: order.id, workOrderNumber: order.number, visitId: UUID(),
                    decision: .none, total: Money(100, "CNY"), reason: CodedReason(code: "x"),
                    preparedAt: intake.bench.now - ago, validUntil: intake.bench.now, misuse: misuse),
                by: NoteEstimate())
        }
        _ = try intake.decide(try intake.dispute(order, .other), .rejected)
        #expect(intake.bench.last(EntitlementDisputeChanged.self)?.misuseFound == true)
    }

    @Test("a customer disputes an order ten times at most; our own people may go on for him")
    mutating func limit() throws {
        let order = try intake.chargeable()
        for _ in 1...10 { try intake.withdraw(try intake.dispute(order, user: "ox-user")) }
        #expect(try refusal { _ = try intake.dispute(order, user: "ox-user") }.code == "disputes-used-up")
        #expect(try intake.dispute(order).isOpen)
    }
}
