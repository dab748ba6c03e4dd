import DomainContracts
import Foundation
import Testing

@testable import Console

@Suite("A request as its customer follows it")
struct FollowedRequestTests {
    @Test("is that of the order with which it goes on: done again, merged, or both")
    func goesOn() async throws {
        let (request, other) = (UUID(), UUID())
        let ids = (0..<3).map { _ in UUID() }
        func order(_ index: Int, of request: UUID, _ status: WorkOrderStatus, then next: Int? = nil) -> WorkOrderAnswer
        {
            WorkOrderAnswer(
                found: true, workOrderId: ids[index], workOrderNumber: "WO-\(index)", requestId: request,
                status: status,
                goesOnAs: next.map { ids[$0] })
        }
        func followed(_ orders: [WorkOrderAnswer]) async throws -> FollowedRequest {
            var followed = FollowedRequest(
                requestNumber: "SR-1", status: .converted, missing: [], workOrderNumber: "WO-0")
            let known = Dictionary(orders.map { ($0.workOrderId, $0) }, uniquingKeysWith: { $1 })
            let last = try await Route.orderInForce(ids[0]) { known[$0] ?? WorkOrderAnswer(found: false) }
            followed.take(last, requestId: request)
            return followed
        }
        let own = try await followed([order(0, of: request, .closed)])
        #expect(own.workOrderStatus == .closed && own.reworkNumber == nil && own.mergedIntoNumber == nil)
        let again = try await followed([order(0, of: request, .closed, then: 1), order(1, of: request, .scheduled)])
        #expect(again.workOrderStatus == .scheduled && again.reworkNumber == "WO-1" && again.mergedIntoNumber == nil)
        let merged = try await followed([
            order(0, of: request, .merged, then: 1), order(1, of: other, .closed, then: 2),
            order(2, of: other, .onSite),
        ])
        #expect(merged.workOrderStatus == .onSite && merged.mergedIntoNumber == "WO-2" && merged.reworkNumber == nil)
        // Two that name each other end somewhere.
        let circle = try await followed([
            order(0, of: request, .merged, then: 1), order(1, of: other, .merged, then: 0),
        ])
        #expect(circle.workOrderStatus == .merged)
    }
}
