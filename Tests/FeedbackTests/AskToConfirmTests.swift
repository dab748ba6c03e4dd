import DomainContracts
import Foundation
import Testing

@testable import Feedback

@Suite("asking for the customer's confirmation") struct AskToConfirmTests {
    @Test("a visit that ends with a report puts it before the customer once, with a link for each answer")
    func asks() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        try desk.end(report: true)
        try desk.end(report: true)
        let asked = desk.told.filter { $0.template == "completion" }
        let question = try #require(asked.first)
        #expect(asked.count == 1)
        #expect(desk.links.holds(try #require(question.token), for: ConfirmCompletion.self, about: desk.order))
        #expect(
            desk.links.holds(
                try #require(question.parameters["disputeToken"]), for: DisputeCompletion.self, about: desk.order))
    }

    @Test("a visit that leaves work asks nothing")
    func silent() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        try desk.end(report: false, .partMissing)
        #expect(!desk.told.contains { $0.template == "completion" })
    }

    @Test("so does a report that a refusal made after the visit had ended without one")
    func asksAboutRefusal() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        let event = ReportPrepared(
            report: ServiceReportReference(reportId: desk.report, reportNumber: "RP-1", version: 1, sha256: "00"),
            visitId: desk.id("visit"), workOrderId: desk.order, workOrderNumber: desk.number, engineerId: desk.engineer,
            outcome: .quoteRefused, preparedAt: desk.bench.now)
        for _ in 1...2 { try desk.bench.receive(event, by: AskToConfirm(desk: desk.links), story: desk.order) }
        let asked = desk.told.filter { $0.template == "completion" }
        #expect(asked.count == 1 && asked.first?.parameters["outcome"] == "quote_refused")
        #expect(desk.links.holds(try #require(asked.first?.token), for: ConfirmCompletion.self, about: desk.order))
    }

    @Test("he before whose door somebody stood is told once, with links to name another time and to cancel")
    func noAccess() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        for _ in 1...2 { try desk.end(report: false, .noAccess) }
        let told = desk.told.filter { $0.template == "no-access" }
        let message = try #require(told.first)
        #expect(told.count == 1 && message.workOrderNumber == desk.number)
        #expect(desk.links.holds(try #require(message.token), for: RebookSlot.self, about: desk.order))
        #expect(
            desk.links.holds(
                try #require(message.parameters["cancelToken"]), for: CancelWorkOrder.self, about: desk.order))
    }

    @Test("he whose order is cancelled is told why, once for each time; of a closed one he hears nothing")
    func cancelled() throws {
        for status in [WorkOrderStatus.cancelled, .closed, .merged] {
            var desk = Desk()
            try desk.meet()
            try desk.open()
            var event = desk.closed(status)
            event.reason = "customer_unreachable"
            for sequence in [9, 9, 12] {
                try desk.bench.receive(event, by: CountClosedOrder(), story: desk.order, sequence: sequence)
            }
            let told = desk.told.filter { $0.template == "order-cancelled" }
            #expect(
                told.map { $0.parameters["reason"] }
                    == (status == .cancelled ? ["customer_unreachable", "customer_unreachable"] : []))
        }
    }
}

extension Desk {
    fileprivate mutating func end(report hasReport: Bool, _ reason: VisitEndReason = .workDone) throws {
        try bench.receive(
            VisitEnded(
                visitId: id("visit"), workOrderId: order, workOrderNumber: number, engineerId: engineer,
                reason: reason, outcome: hasReport ? .fixed : nil, endedAt: bench.now,
                workMinutes: 10, travelMinutes: 5,
                report: hasReport
                    ? ServiceReportReference(reportId: report, reportNumber: "RP-1", version: 1, sha256: "00") : nil),
            by: HearVisitEnd(desk: links), story: order)
    }
}
