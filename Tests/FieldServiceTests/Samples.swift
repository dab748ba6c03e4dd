import DomainContracts
import Foundation

/// Events of other services as they come to field service.
enum Samples {
    static func opened(_ order: UUID, at: Date) -> WorkOrderOpened {
        WorkOrderOpened(
            workOrderId: order, workOrderNumber: "WO-20261121-000001", requestId: order, status: .pendingDispatch,
            receivedAt: at, channel: "wechat", customerId: order, contactId: order, serviceType: .repair,
            serviceMode: .onSite, priority: .p3, problem: "空调漏油",
            entitlement: Entitlement(
                kind: .none, cover: Cover(labour: false, parts: false, travel: false), responseLevel: .standard,
                reason: CodedReason(code: "no-contract")),
            language: "zh-Hans")
    }

    static func closed(
        _ order: UUID, _ status: WorkOrderStatus = .cancelled, visits: Int = 0, at: Date
    ) -> WorkOrderClosed {
        WorkOrderClosed(
            workOrderId: order, workOrderNumber: "WO-20261121-000001", status: status, closureCode: .cancelled,
            closedAt: at,
            figures: WorkOrderFigures(
                receivedAt: at, pausedSeconds: 0, visits: visits, reachedInProgress: false, resolvedRemotely: false,
                rework: false, serviceType: .repair))
    }

    static func prepared(
        _ decision: EstimateDecision, order: UUID, visit: UUID, finding: UUID, _ estimate: UUID, at: Date,
        supersedes: UUID? = nil
    ) -> EstimatePrepared {
        EstimatePrepared(
            estimateId: estimate, workOrderId: order, workOrderNumber: "WO-20261121-000001", visitId: visit,
            findingId: finding, decision: decision, total: Money(12_500, "CNY"),
            reason: CodedReason(code: "price-book"),
            preparedAt: at, validUntil: at.addingTimeInterval(72 * 3600), supersedes: supersedes)
    }
}
