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
        try desk.end(report: false)
        #expect(!desk.told.contains { $0.template == "completion" })
    }
}

extension Desk {
    fileprivate mutating func end(report hasReport: Bool) throws {
        try bench.receive(
            VisitEnded(
                visitId: id("visit"), workOrderId: order, workOrderNumber: number, engineerId: engineer,
                reason: hasReport ? .workDone : .noAccess, outcome: hasReport ? .fixed : nil, endedAt: bench.now,
                workMinutes: 10, travelMinutes: 5,
                report: hasReport
                    ? ServiceReportReference(reportId: report, reportNumber: "RP-1", version: 1, sha256: "00") : nil),
            by: AskToConfirm(desk: links), story: order)
    }
}
