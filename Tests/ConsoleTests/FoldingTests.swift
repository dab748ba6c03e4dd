import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Console

@Suite("Read models, as a fold")
struct FoldingTests {
    private func fold(_ told: [OneLife.Told], _ life: OneLife) -> OrderView {
        told.reduce(into: OrderView(workOrderId: life.order)) { order, told in
            (told.event as? any OrderEvent)?.fold(into: &order, told.sequence)
        }
    }

    @Test("in whatever order events come, and however often, the same order comes of them")
    func anyOrder() throws {
        let life = OneLife()
        let told = life.told
        let expected = fold(told, life)
        for seed in 1...500 {
            var chance = SeededChance(seed: UInt64(seed))
            let repeated = told.filter { _ in chance.happens(1, in: 3) }
            let come = (told + repeated + repeated).shuffled(using: &chance)
            try #require(fold(come, life) == expected, "seed \(seed)")
        }
    }

    @Test("the newest word on each thing counts, of whichever service it is")
    func newest() throws {
        let life = OneLife()
        let order = fold(life.told, life).overview(names: [life.engineer: "李强"])
        #expect(order.workOrderNumber == "WO-1" && order.customerId == life.customer)
        // Reopened after it was closed.
        #expect(order.status == .pendingDispatch && order.isOpen && order.outcome == nil && order.closedAt == nil)
        #expect(order.impasse?.emptiedBy == "skill" && order.impasse?.round == 2)
        // A clock has the newest event's word, not the worst one's.
        #expect(order.clocks.map(\.pausedSeconds) == [800])
        // The refused offer is no visit.
        try #require(order.visits.count == 1)
        let visit = order.visits[0]
        #expect(visit.engineerName == "李强" && visit.assignment == .accepted && visit.status == .ended)
        // Booked anew after it was planned: the plan is void.
        #expect(visit.window?.start == life.at(120) && visit.planned == nil)
        #expect(visit.partsUsed.map(\.partCode) == ["SEAL-22"] && visit.findings.map(\.problemCode) == ["P-LEAK"])
        #expect(order.estimates.map(\.status) == ["accepted"])
        #expect(order.charge?.billNumber == "BL-1" && order.charge?.paid == Money(12_500, "CNY"))
        #expect(order.surveys.map(\.satisfaction) == [4] && order.surveys.map(\.comment) == ["师傅很专业"])
        #expect(order.followUps.map(\.note) == ["不漏了"])
        #expect(order.followUps.map(\.result) == [.satisfied] && order.followUps[0].dueAt == life.at(600))
    }

    @Test("why nobody may go is shown while somebody is needed, and not after")
    func impasse() {
        let life = OneLife()
        let told = life.told.filter { !($0.event is DispatchImpossible) || $0.sequence == 1 }
        let status = { (status: WorkOrderStatus) in
            let reached = told.prefix { ($0.event as? WorkOrderChanged)?.previousStatus != status }
            return fold(Array(reached) + told.filter { $0.event is DispatchImpossible }, life).overview(names: [:])
        }
        #expect(status(.pendingDispatch).impasse?.emptiedBy == "shift")
        #expect(status(.accepted).status == .accepted && status(.accepted).impasse == nil)
        // Reopened: of the round before nothing holds, nor of what was found before somebody was asked.
        #expect(fold(told, life).overview(names: [:]).impasse == nil)
        let asked = OneLife.Told(event: life.offered(802), sequence: 1)
        #expect(fold(life.told + [asked], life).overview(names: [:]).impasse == nil)
    }

    @Test("what is known of an order that nobody has told the opening of is kept")
    func withoutOpening() {
        let life = OneLife()
        let order = fold(life.told.filter { !($0.event is WorkOrderOpened) }, life).overview(names: [:])
        #expect(order.workOrderNumber == nil && order.customerId == nil)
        #expect(order.visits.count == 1 && order.charge?.total == Money(12_500, "CNY"))
    }

    @Test("a dispute holds the charge and changes the entitlement, in whatever order it is heard")
    func disputed() throws {
        let life = OneLife()
        let disputed = life.disputed
        let told = life.told + disputed
        let expected = fold(told, life)
        for seed in 1...100 {
            var chance = SeededChance(seed: UInt64(seed))
            try #require(fold((told + disputed).shuffled(using: &chance), life) == expected, "seed \(seed)")
        }
        let order = expected.overview(names: [:])
        #expect(order.disputes?.map(\.status) == [.partlyUpheld, .open])
        #expect(order.entitlement == .warranty && order.charge?.hold?.code == "entitlement-disputed")
        #expect(order.charge?.creditNotes == ["CN-1": Money(2_500, "CNY")])
        #expect(order.charge?.total == Money(10_000, "CNY") && order.charge?.billNumber == "BL-1")
        let lines = disputed.compactMap { ($0.event as? EntitlementDisputeChanged)?.line }
        #expect(lines.map(\.direction) == [.inbound, .outbound, .inbound])
        #expect(lines.map(\.text) == ["去年才买的", "发票有效", "也不是误用"])
    }

    @Test("contacts with the customer are told from what is done among ourselves")
    func contacts() {
        let life = OneLife()
        let contacts = life.told.compactMap { told -> String? in
            let line = (told.event as? any OrderEvent)?.line ?? (told.event as? NotificationChanged)?.line
            return line?.direction.map { "\(type(of: told.event).wireName) \($0)" }
        }
        #expect(
            contacts == [
                "work-order-opened inbound", "assignment-booked outbound", "assignment-booked inbound",
                "completion-confirmed inbound", "quote-accepted inbound", "notification-changed outbound",
                "notification-changed outbound", "survey-answered inbound", "follow-up-completed outbound",
            ])
    }
}
