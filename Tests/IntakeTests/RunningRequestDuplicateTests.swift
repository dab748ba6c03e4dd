import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Intake

@Suite("Duplicates among requests on real servers")
struct RunningRequestDuplicateTests {
    @Test("an incomplete request is shown with what it repeats and the other way round, merged, and taken apart again")
    func requests() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        func report(_ id: String, isThin: Bool = true) async throws -> ReportAccepted {
            var report = ReportRepair.full
            if isThin { report.serviceType = nil }
            return try await client.ask(
                report, id: id, source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        }
        let order = try #require(try await report("r-1", isThin: false).workOrderId)
        let (first, second) = (try await report("r-2"), try await report("r-3"))
        var pairs: [RequestDuplicatePair] = []
        var cursor: String?
        repeat {
            let answer = try await client.ask(ProbableRequestDuplicatesQuery(limit: 1, cursor: cursor))
            pairs += answer.pairs
            cursor = answer.cursor
        } while cursor != nil
        #expect(pairs.count == 3 && pairs.allSatisfy { $0.request.missing == ["/data/serviceType"] })
        #expect(pairs.compactMap(\.order?.workOrderId) == [order, order])
        #expect(pairs.compactMap(\.other?.requestId) == [first.requestId])

        let shown = try await client.ask(WorkOrderQuery(workOrderId: order))
        #expect(
            Set(shown.probableDuplicateRequests.compactMap(\.requestId)) == [first.requestId, second.requestId])
        let earlier = try await client.ask(RequestQuery(requestId: first.requestId))
        #expect(Set(earlier.probableDuplicates.map(\.other)) == [order, second.requestId])
        #expect(try await client.ask(RequestsQuery()).requests.map(\.duplicateConfidence) == [95, 95])

        _ = try await client.ask(MergeServiceRequest(requestId: first.requestId, intoWorkOrderId: order))
        let merged = try await client.ask(RequestQuery(requestId: first.requestId))
        #expect(merged.status == .merged && merged.mergedInto == order && merged.workOrderId == nil)
        #expect(merged.probableDuplicates.isEmpty)
        let orders = try #require(shown.requestId)
        let messages = try await client.ask(RequestMessagesQuery(requestId: orders)).messages
        #expect(messages.map(\.text) == ["空调漏油"] && messages.map(\.mergedRequestId) == [first.requestId])
        #expect(messages.map(\.isUnverified) == [nil])
        // The second one still names the first, which waits no more.
        let rest = try await client.ask(ProbableRequestDuplicatesQuery()).pairs
        #expect(rest.map(\.request.requestId) == [second.requestId] && rest.map(\.order?.workOrderId) == [order])

        let again = try await client.ask(UnmergeServiceRequest(requestId: first.requestId, reason: "another machine"))
        #expect(again.status == "incomplete")
        #expect(try await client.ask(RequestQuery(requestId: first.requestId)).mergedInto == nil)
        _ = try await client.ask(
            DismissRequestDuplicate(requestId: second.requestId, otherWorkOrderId: order, reason: "two machines"))
        #expect(try await client.ask(WorkOrderQuery(workOrderId: order)).probableDuplicateRequests.isEmpty)
        await client.close()
        await service.stop()
    }
}
