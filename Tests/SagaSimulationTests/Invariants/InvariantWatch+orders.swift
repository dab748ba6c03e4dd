import DomainContracts
import Foundation

@testable import Intake
@testable import ServiceKit

extension InvariantWatch {
    /// A request becomes one order and no more; a status is what the facts make it; what is final stays so, unless
    /// work that began shows that it was not over.
    func checkOrders(_ commit: Commit) {
        for change in commit.changes {
            switch change.after {
            case let order as WorkOrder: check(order, was: change.before as? WorkOrder)
            case let request as ServiceRequest: check(request, was: change.before as? ServiceRequest)
            default: break
            }
        }
    }

    private func check(_ order: WorkOrder, was before: WorkOrder?) {
        if order.status != WorkOrderStatusRule.status(of: order.facts) {
            violate("\(order.number) is \(order.status), its facts say \(WorkOrderStatusRule.status(of: order.facts))")
        }
        guard let before else {
            let key = order.reworkOf.map { "rework of \($0)" } ?? "request \(order.requestId)"
            mustBeNew("work_order", key)
            mustBeNew("work_order", order.number)
            return
        }
        if before.facts.round > order.facts.round { violate("\(order.number) went back to an earlier round") }
        guard before.status.isFinal, order.status != before.status else { return }
        if before.status == .closed || order.reinstatedAt == before.reinstatedAt {
            violate("\(order.number) was \(before.status) and is \(order.status)")
        }
    }

    private func check(_ request: ServiceRequest, was before: ServiceRequest?) {
        if before == nil { mustBeNew("service_request", request.number) }
        if let known = before?.workOrderId, request.workOrderId != known {
            violate("\(request.number) had one order and has another")
        }
    }

    /// A report that was refused is on record once.
    func noteRejection(_ rejection: ReportRejection) {
        rejectedReports[rejection.messageId, default: 0] += 1
        if rejectedReports[rejection.messageId] != 1 { violate("\(rejection.messageId) was rejected twice") }
    }
}
