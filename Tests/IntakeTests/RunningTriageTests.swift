import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Intake

@Suite("Triage on real servers")
struct RunningTriageTests {
    @Test("duplicates are listed until somebody decides, a merge is taken apart again, messages are read back in pages")
    func triage() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        var orders: [ReportAccepted] = []
        for number in 1...3 {
            orders.append(
                try await client.ask(
                    ReportRepair.full, id: "r-\(number)", source: "/adapters/wechat", channel: "wechat",
                    actor: ("adapter", "wechat")))
        }
        let ids = try orders.map { try #require($0.workOrderId) }
        let first = try await client.ask(ProbableDuplicatesQuery(limit: 1))
        let cursor = try #require(first.cursor)
        let second = try await client.ask(ProbableDuplicatesQuery(limit: 1, cursor: cursor))
        let pairs = first.pairs + second.pairs
        #expect(second.cursor == nil && pairs.count == 3)
        #expect(Set(pairs.map(\.order.workOrderId)) == Set(ids.dropFirst()))
        #expect(pairs.allSatisfy { $0.signs.contains(.sameDevice) && $0.other.problem == "空调漏油" })

        _ = try await client.ask(DismissDuplicate(workOrderId: ids[2], otherWorkOrderId: ids[0]))
        _ = try await client.ask(MergeWorkOrder(workOrderId: ids[1], intoWorkOrderId: ids[0]))
        // The third one still names the second, which has ended.
        #expect(try await client.ask(ProbableDuplicatesQuery()).pairs.isEmpty)
        #expect(try await client.ask(WorkOrderQuery(workOrderId: ids[1])).goesOnAs == ids[0])
        let again = try await client.ask(UnmergeWorkOrder(workOrderId: ids[1], reason: "another machine"))
        #expect(try await client.ask(WorkOrderQuery(workOrderId: ids[1])).goesOnAs == again.workOrderId)
        #expect(try await client.ask(WorkOrderQuery(workOrderId: ids[0])).goesOnAs == nil)
        let answer = try await client.ask(WorkOrderQuery(workOrderId: again.workOrderId))
        #expect(answer.unmergedFrom == ids[1] && answer.status == .pendingDispatch)
        #expect(try await client.ask(WorkOrderQuery(workOrderId: ids[1])).unmergedAs == again.workOrderId)

        for text in ["一", "二", "三"] {
            _ = try await client.ask(
                AppendMessage(
                    channel: "phone", workOrderId: ids[1], kind: .reminder, text: text,
                    attachments: [Attachment(dataref: "x", mediaType: "image/jpeg")]))
        }
        let page = try await client.ask(RequestMessagesQuery(requestId: orders[1].requestId, limit: 2))
        #expect(page.messages.map(\.text) == ["三", "二"] && page.hasMore)
        #expect(page.messages.first?.attachments.first?.mediaType == "image/jpeg")
        let rest = try await client.ask(
            RequestMessagesQuery(requestId: orders[1].requestId, before: page.messages.last?.number))
        #expect(rest.messages.map(\.number) == [1] && !rest.hasMore)

        var thin = ReportRepair.full
        thin.problem = nil
        let question = try await client.ask(
            thin, id: "r-4", source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        _ = try await client.ask(AnswerServiceRequest(requestId: question.requestId, answer: "请先断电"))
        let answered = try await client.ask(RequestQuery(requestId: question.requestId))
        #expect(answered.status == .answered && answered.answer == "请先断电")
        let tooMany = await #expect(throws: Problem.self) {
            try await client.ask(ProbableDuplicatesQuery(limit: 101))
        }
        #expect(tooMany?.errors.map(\.pointer) == ["/data/limit"])

        let totals = try await client.ask(IntakeTotalsQuery())
        let promises = try #require(totals.promises)
        #expect(promises.probableDuplicates == 2 && promises.duplicatesMerged == 1)
        #expect(promises.unmerged == 1 && promises.reminders == 3)
        #expect(promises.ordersByEntitlement.values.reduce(0, +) == 3 && totals.doubledRequests == 0)
        await client.close()
        await service.stop()
    }
}
