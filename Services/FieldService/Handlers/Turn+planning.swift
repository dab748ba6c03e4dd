import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// The visit that follows an assignment, made if this is the first news of it.
    enum Planned {
        case visit(Visit)
        /// Withdrawn, or its order is over: there is nothing to plan.
        case calledOff
        case unknownOrder
    }

    mutating func plannedVisit(
        _ id: UUID, workOrder: UUID, number: String, engineer: UUID, round: Int
    ) -> Planned {
        if let visit = get(Visit.self, id) { return .visit(visit) }
        guard var order = get(OrderBrief.self, workOrder) else { return .unknownOrder }
        guard get(WithdrawnAssignment.self, id) == nil, !order.isClosed else { return .calledOff }
        order.open(id)
        set(order, workOrder)
        return .visit(
            Visit(
                visitId: id, workOrderId: workOrder, workOrderNumber: number, engineerId: engineer, round: round))
    }
}
