import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("What an incomplete request repeats")
struct RequestDuplicateTests {
    var intake = IntakeBench()

    /// A report without a service type.
    private mutating func thin(
        _ id: String, _ change: (inout ReportRepair) -> Void = { _ in }
    ) throws -> ServiceRequest {
        var report = ReportRepair.full
        report.serviceType = nil
        change(&report)
        let answer = try intake.report(report, id: id)
        try #require(answer.workOrderId == nil)
        return try request(answer.requestId)
    }

    private func request(_ id: UUID) throws -> ServiceRequest {
        try #require(intake.bench.state(ServiceRequest.self, id))
    }

    private mutating func complete(_ request: UUID) throws -> WorkOrder {
        let answer = try intake.bench.send(
            CompleteRequest(requestId: request, serviceType: .repair),
            to: CompleteIncompleteRequest(links: IntakeBench.links))
        return try intake.order(try #require(answer.workOrderId))
    }

    @Test("an open order's fault: the request names the order, and whoever hears that it is incomplete hears that too")
    mutating func ofOrder() throws {
        let order = try intake.opened()
        intake.pass(600)
        let again = try thin("r-2")
        let named = try #require(again.duplicates?.first)
        #expect(named.workOrderId == order.id && named.workOrderNumber == order.number && named.requestId == nil)
        #expect(named.signs == [.sameDevice, .similarWords] && named.confidence == 95)
        #expect(intake.bench.last(RequestIncomplete.self)?.probableDuplicates == again.duplicates)
        #expect(try intake.status(order.id) == .pendingDispatch)
        try intake.cancel(order)
        #expect(try thin("r-3").duplicates?.compactMap(\.workOrderId) == [])
    }

    @Test(
        "an order that is opened later about what waits: the request names it, and the order is told with the request")
    mutating func ofLaterOrder() throws {
        let waiting = try thin("r-1")
        #expect(waiting.duplicates == nil)
        intake.pass(600)
        let order = try intake.opened(.full, id: "r-2")
        #expect(try request(waiting.id).duplicates?.map(\.workOrderId) == [order.id])
        let told = try #require(intake.bench.last(WorkOrderOpened.self))
        #expect(told.probableDuplicateRequests.map(\.requestNumber) == [waiting.number])
        #expect(order.duplicates == nil && told.probableDuplicates.isEmpty)
    }

    @Test("another incomplete request's: the later names the earlier, and the order that comes of that one instead")
    mutating func ofRequest() throws {
        let first = try thin("r-1")
        intake.pass(600)
        let second = try thin("r-2")
        #expect(second.duplicates?.map(\.requestId) == [first.id])
        #expect(try request(first.id).duplicates == nil)
        let order = try complete(first.id)
        #expect(try request(second.id).duplicates?.map(\.other) == [order.id])
        // Completed in its turn, the two orders are a pair as ever.
        #expect(try complete(second.id).duplicates?.map(\.workOrderId) == [order.id])
        #expect(try request(second.id).duplicates == nil)
    }

    @Test("who names neither device nor place has his own words alone: nearly the same are the same fault")
    mutating func ofCustomer() throws {
        func nowhere(_ problem: String) -> (inout ReportRepair) -> Void {
            { report in
                report.channel = "web"
                (report.customer, report.device, report.site) = (ReportedCustomer(phone: "13900139000"), nil, nil)
                (report.serviceType, report.problem) = (.repair, problem)
            }
        }
        let first = try thin("r-1", nowhere("打印机卡纸打不出来"))
        intake.pass(60)
        let second = try thin("r-2", nowhere("打印机卡纸打不出来！"))
        let named = try #require(second.duplicates?.first)
        #expect(named.requestId == first.id && named.signs == [.sameCustomer, .similarWords])
        #expect(named.confidence == 60)
        #expect(try thin("r-3", nowhere("空调不制冷")).duplicates == nil)
        intake.pass(DuplicateRule.window + 60)
        #expect(try thin("r-4", nowhere("打印机卡纸打不出来！")).duplicates == nil)
    }

    @Test("what is dismissed is two faults for good: neither the request names it, nor the order that comes of it")
    mutating func dismissed() throws {
        let first = try thin("r-1")
        let order = try intake.opened(.full, id: "r-2")
        let command = DismissRequestDuplicate(requestId: first.id, otherWorkOrderId: order.id)
        #expect(try intake.bench.send(command, to: DismissDuplicateOfRequest()).status == "incomplete")
        #expect(try request(first.id).duplicates == nil)
        for nothing in [command, DismissRequestDuplicate(requestId: first.id, otherRequestId: UUID())] {
            #expect(
                try refusal { try intake.bench.send(nothing, to: DismissDuplicateOfRequest()) }.code
                    == "no-probable-duplicate")
        }
        #expect(
            try refusal {
                try intake.bench.send(DismissRequestDuplicate(requestId: first.id), to: DismissDuplicateOfRequest())
            }.errors.map(\.pointer) == ["/data/otherWorkOrderId"])
        #expect(try complete(first.id).duplicates == nil)
    }
}

@Suite("Merging an incomplete request")
struct RequestMergeTests {
    var intake = IntakeBench()

    private static let picture = Attachment(dataref: "https://files/1.jpg", mediaType: "image/jpeg")

    private mutating func thin(_ id: String = "r-2", customer: ReportedCustomer? = nil) throws -> UUID {
        var report = ReportRepair.full
        report.serviceType = nil
        report.attachments = [Self.picture]
        if let customer { (report.customer, report.device) = (customer, nil) }
        return try intake.report(report, id: id).requestId
    }

    private mutating func merge(_ request: UUID, into order: UUID, version: Int? = nil) throws -> Acknowledgement {
        try intake.bench.send(
            MergeServiceRequest(requestId: request, intoWorkOrderId: order, reason: "同一故障", expectedVersion: version),
            to: MergeRequest())
    }

    private mutating func unmerge(_ request: UUID) throws -> ReportAccepted {
        try intake.bench.send(
            UnmergeServiceRequest(requestId: request, reason: "另一台"), to: UnmergeRequest(links: IntakeBench.links))
    }

    @Test("its words are the order's, nobody is asked for what it lacks, and what is said of it is said of the order")
    mutating func merged() throws {
        let order = try intake.opened()
        intake.pass(600)
        let request = try thin()
        #expect(try refusal { _ = try merge(request, into: order.id, version: 99) }.code == "version-mismatch")
        #expect(try merge(request, into: order.id).status == "merged")
        let told = try #require(intake.bench.last(RequestMerged.self))
        #expect(told.requestId == request && told.workOrderId == order.id && told.reason == "同一故障")
        let kept = try #require(intake.bench.last(MessageAppended.self))
        #expect(kept.requestId == order.requestId && kept.workOrderId == order.id && kept.message.number == 1)
        #expect(kept.message.text == "空调漏油" && kept.message.attachments == [Self.picture])
        #expect(kept.message.mergedRequestId == request && kept.message.sentAt == IntakeBench.monday + 600)
        #expect(intake.bench.timers.allSatisfy { $0.kind != RemindOfIncomplete.kind })
        let urged = try intake.bench.send(
            AppendMessage(channel: "wechat", requestId: request, kind: .reminder, channelUserId: "ox-user"),
            to: TakeMessage(links: IntakeBench.links), by: ("adapter", "wechat"), channel: "wechat",
            source: "/adapters/wechat")
        #expect(urged.workOrderId == order.id && urged.status == "pending_dispatch")
        #expect(intake.bench.last(IntakeEscalationRaised.self)?.workOrderId == order.id)
        #expect(try refusal { _ = try merge(request, into: order.id) }.code == "request-not-incomplete")
    }

    @Test("only what has no order of its own, into an order that is open and the same customer's")
    mutating func refused() throws {
        let order = try intake.opened()
        #expect(try refusal { _ = try merge(order.requestId, into: order.id) }.code == "request-not-incomplete")
        let strangers = try thin("r-2", customer: ReportedCustomer(phone: "13900139000"))
        #expect(try refusal { _ = try merge(strangers, into: order.id) }.code == "request-of-another-customer")
        let own = try thin("r-3")
        #expect(try refusal { _ = try merge(own, into: UUID()) }.errors.map(\.pointer) == ["/data/intoWorkOrderId"])
        #expect(try refusal { _ = try merge(UUID(), into: order.id) }.errors.map(\.pointer) == ["/data/requestId"])
        try intake.cancel(order)
        #expect(try refusal { _ = try merge(own, into: order.id) }.code == "target-not-open")
    }

    @Test("taken apart it is incomplete again, its sender is asked, and the two are no pair any more")
    mutating func unmerged() throws {
        let order = try intake.opened()
        let id = try thin()
        #expect(try refusal { _ = try unmerge(id) }.code == "not-merged-request")
        _ = try merge(id, into: order.id)
        let asked = intake.bench.all(RequestIncomplete.self).count
        #expect(try unmerge(id).status == "incomplete")
        let request = try #require(intake.bench.state(ServiceRequest.self, id))
        #expect(request.status == .incomplete && request.merge == nil && request.missing == ["/data/serviceType"])
        #expect(request.duplicates == nil && request.incompleteWatch?.since == intake.bench.now)
        #expect(intake.bench.all(RequestIncomplete.self).count == asked + 1)
        #expect(try intake.bench.fire(RemindOfIncomplete(), for: id))
        let answer = try intake.bench.send(
            CompleteRequest(requestId: id, serviceType: .repair),
            to: CompleteIncompleteRequest(links: IntakeBench.links))
        let own = try intake.order(try #require(answer.workOrderId))
        #expect(own.duplicates == nil)
        // What has an order is merged and taken apart as orders are.
        try intake.bench.send(MergeWorkOrder(workOrderId: own.id, intoWorkOrderId: order.id), to: MergeOrder())
        #expect(try refusal { _ = try unmerge(id) }.code == "not-merged-request")
    }
}
