import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

struct DuplicateTests {
    var intake = IntakeBench()

    @Test("a second report about the same device in like words is a probable duplicate, and told as one")
    mutating func sameDevice() throws {
        let first = try intake.opened()
        var report = ReportRepair.full
        report.problem = "空调漏油, 启动异响"
        let second = try intake.opened(report, id: "r-2")
        let duplicate = try #require(second.duplicates?.first)
        #expect(duplicate.workOrderId == first.id && duplicate.workOrderNumber == first.number)
        #expect(duplicate.signs == [.sameDevice, .similarWords])
        #expect((80...95).contains(duplicate.confidence))
        #expect(intake.bench.last(WorkOrderOpened.self)?.probableDuplicates == second.duplicates)
        #expect(first.duplicates == nil)
    }

    @Test("what speaks for a duplicate, and what does not")
    mutating func signs() throws {
        let first = try intake.opened()
        func judged(_ change: (inout ReportRepair) -> Void) throws -> ProbableDuplicate? {
            var (copy, report) = (intake, ReportRepair.full)
            change(&report)
            return try copy.opened(report, id: "r-2").duplicates?.first
        }
        let other = try #require(try judged { $0.problem = "遥控器没有反应" })
        #expect(other.signs == [.sameDevice] && other.confidence < 75)
        let unlabelled = try #require(try judged { $0.device = ReportedDevice(category: $0.device?.category) })
        #expect(unlabelled.signs == [.sameSite, .similarWords] && unlabelled.confidence >= 60)
        let neighbour = try judged { $0.device = ReportedDevice(serialNumber: "XX-9", model: "Z", brand: "Other") }
        #expect(neighbour == nil)
        let elsewhere = try judged {
            $0.device = nil
            $0.site = ReportedSite(address: "上海市某路 9 号", regionCode: "310101")
        }
        #expect(elsewhere == nil)
        let inspection = try judged { $0.serviceType = .inspection }
        #expect(inspection == nil)
        var later = intake
        later.pass(DuplicateRule.window + 60)
        #expect(try later.opened(.full, id: "r-2").duplicates == nil)
        var ended = intake
        try ended.cancel(first)
        #expect(try ended.opened(.full, id: "r-2").duplicates == nil)
    }

    @Test("a pair that was dismissed is shown no more, and a second time is refused")
    mutating func dismissed() throws {
        let first = try intake.opened()
        let second = try intake.opened(.full, id: "r-2")
        let command = DismissDuplicate(workOrderId: second.id, otherWorkOrderId: first.id, reason: "two machines")
        try intake.bench.send(command, to: DismissProbableDuplicate())
        #expect(try intake.order(second.id).duplicates == [])
        #expect(
            try refusal { try intake.bench.send(command, to: DismissProbableDuplicate()) }.code
                == "no-probable-duplicate")
    }

    @Test(
        "words in common, whatever the script",
        arguments: [
            ("空调漏油，启动有异响", "空调漏油 启动有异响！", 100...100), ("空调漏油", "空调漏水", 40...70),
            ("Fridge does not cool", "fridge doesn't cool any more", 60...90), ("打印机卡纸", "空调不制冷", 0...0),
            ("", "漏油", 0...0),
        ])
    func likeness(one: String, other: String, expected: ClosedRange<Int>) {
        #expect(expected.contains(Likeness.percent(one, other)))
        #expect(Likeness.percent(one, other) == Likeness.percent(other, one))
    }
}

@Suite("Orders of two customers")
struct MergeAcrossCustomersTests {
    var intake = IntakeBench()

    @Test("are merged where that is said alone; the merged one's customer then moves nothing of the other's")
    mutating func across() throws {
        let first = try intake.opened()
        var report = ReportRepair.full
        report.customer = ReportedCustomer(name: "李强", phone: "13900139000", channelUserId: "li")
        (report.device, report.site) = (nil, ReportedSite(address: "上海市 9", regionCode: "310101"))
        _ = try intake.opened(report, id: "r-2")
        // Now he is known, and reports the other's device.
        report.device = ReportRepair.full.device
        let second = try intake.opened(report, id: "r-3")
        #expect(second.customerId != first.customerId && second.duplicates?.first?.workOrderId == first.id)
        var command = MergeWorkOrder(workOrderId: second.id, intoWorkOrderId: first.id)
        #expect(try refusal { try intake.bench.send(command, to: MergeOrder()) }.code == "order-of-another-customer")
        #expect(try intake.status(second.id) == .pendingDispatch)
        command.acrossCustomers = true
        try intake.bench.send(command, to: MergeOrder())
        #expect(try intake.status(second.id) == .merged)
        #expect(try remind(second).workOrderId == second.id)
        #expect(intake.bench.all(IntakeEscalationRaised.self).isEmpty)
        // They turn out to be one.
        try intake.bench.send(
            MergeCustomers(customerId: second.customerId, intoCustomerId: first.customerId), to: MergeTwoCustomers())
        #expect(try remind(second).workOrderId == first.id)
        #expect(intake.bench.last(IntakeEscalationRaised.self)?.workOrderId == first.id)
    }

    private mutating func remind(_ order: WorkOrder) throws -> MessageTaken {
        try intake.bench.send(
            AppendMessage(channel: "phone", requestId: order.requestId, kind: .reminder),
            to: TakeMessage(links: IntakeBench.links), by: ("user", "li.na"))
    }
}

struct UnmergeTests {
    var intake = IntakeBench()

    @Test("an unmerged order's fault is taken up by a new order with the first promise")
    mutating func unmerged() throws {
        let first = try intake.opened()
        intake.pass(600)
        let second = try intake.opened(.full, id: "r-2")
        intake.pass(600)
        try intake.bench.send(MergeWorkOrder(workOrderId: second.id, intoWorkOrderId: first.id), to: MergeOrder())
        #expect(try intake.status(second.id) == .merged)
        intake.pass(3_600)
        let command = UnmergeWorkOrder(workOrderId: second.id, reason: "another machine")
        let answer = try intake.bench.send(command, to: UnmergeOrder(links: IntakeBench.links))
        let third = try intake.order(try #require(answer.workOrderId))
        #expect(third.unmergedFrom == second.id && third.receivedAt == second.receivedAt)
        #expect(third.status == .pendingDispatch && third.duplicates == nil)
        #expect(third.entitlement == second.entitlement)
        let opened = try #require(intake.bench.last(WorkOrderOpened.self))
        #expect(opened.workOrderId == third.id && opened.unmergedFrom == second.id && opened.need != nil)
        #expect(opened.clocks.first { $0.clock == .resolution }?.startedAt == second.receivedAt)
        #expect(try intake.order(second.id).unmergedAs == third.id)
        #expect(try intake.status(second.id) == .merged)
        let request = try #require(intake.bench.state(ServiceRequest.self, second.requestId))
        #expect(request.status == .converted && request.workOrderId == third.id)
    }

    @Test("it is wished for when the first one was, as far as that is not over")
    mutating func windows() throws {
        let first = try intake.opened()
        var report = ReportRepair.full
        let now = intake.bench.now
        let over = TimeWindow(start: now + 60, end: now + 120)
        let ahead = TimeWindow(start: now + 86_400, end: now + 90_000)
        report.preferredWindows = [over, ahead]
        let second = try intake.opened(report, id: "r-2")
        try intake.bench.send(MergeWorkOrder(workOrderId: second.id, intoWorkOrderId: first.id), to: MergeOrder())
        intake.pass(3_600)
        try intake.bench.send(
            UnmergeWorkOrder(workOrderId: second.id, reason: "another machine"),
            to: UnmergeOrder(links: IntakeBench.links))
        #expect(intake.bench.last(WorkOrderOpened.self)?.need?.preferredWindows == [ahead])
    }

    @Test("asked again it names the same order; what was not merged cannot be unmerged")
    mutating func again() throws {
        let first = try intake.opened()
        let second = try intake.opened(.full, id: "r-2")
        let handler = UnmergeOrder(links: IntakeBench.links)
        let command = UnmergeWorkOrder(workOrderId: second.id, reason: "another machine")
        #expect(try refusal { try intake.bench.send(command, to: handler) }.code == "not-merged-order")
        try intake.bench.send(MergeWorkOrder(workOrderId: second.id, intoWorkOrderId: first.id), to: MergeOrder())
        let once = try intake.bench.send(command, to: handler)
        #expect(try intake.bench.send(command, to: handler).workOrderId == once.workOrderId)
        #expect(intake.bench.all(WorkOrderOpened.self).count == 3)
        #expect(
            try refusal {
                try intake.bench.send(UnmergeWorkOrder(workOrderId: second.id, reason: " "), to: handler)
            }.errors.map(\.pointer) == ["/data/reason"])
    }

    @Test("the order that took its place can be merged and unmerged in its turn")
    mutating func chain() throws {
        let first = try intake.opened()
        var order = try intake.opened(.full, id: "r-2")
        for _ in 1...2 {
            try intake.bench.send(MergeWorkOrder(workOrderId: order.id, intoWorkOrderId: first.id), to: MergeOrder())
            let answer = try intake.bench.send(
                UnmergeWorkOrder(workOrderId: order.id, reason: "another machine"),
                to: UnmergeOrder(links: IntakeBench.links))
            order = try intake.order(try #require(answer.workOrderId))
        }
        #expect(order.status == .pendingDispatch)
        #expect(intake.bench.state(ServiceRequest.self, order.requestId)?.workOrderId == order.id)
    }
}
