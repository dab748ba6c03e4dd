import DomainContracts
import Foundation
import ServiceKit

/// News of an assignment that a visit follows; each may be the first that is heard of it.
protocol VisitNews: Event {
    var assignmentId: UUID { get }
    var workOrderId: UUID { get }
    var workOrderNumber: String { get }
    var engineerId: UUID { get }
    var round: Int { get }
}

extension AssignmentAccepted: VisitNews {}
extension AssignmentBooked: VisitNews {}
extension AssignmentPlanned: VisitNews {}
extension CrewChanged: VisitNews {}

extension Keys {
    /// What `Turn.follow` looks at.
    mutating func need(visitOf news: some VisitNews) {
        need(Visit.self, news.assignmentId)
        need(OrderBrief.self, news.workOrderId)
        need(WithdrawnAssignment.self, news.assignmentId)
    }
}

extension Turn {
    /// Changes the visit that follows an assignment, made if this is the first news of it; where that was withdrawn, or its
    /// order is over, there is nothing to change.
    ///
    /// - Parameters:
    ///   - note: what the visit's history calls it.
    ///   - change: false where it is no news.
    mutating func follow(
        _ news: some VisitNews, noting note: String, _ change: (inout Visit) -> Bool
    ) -> EventOutcome {
        var visit: Visit
        if let known = get(Visit.self, news.assignmentId) {
            visit = known
        } else {
            guard var order = get(OrderBrief.self, news.workOrderId) else {
                return .notYet(waitingFor: "work-order/\(news.workOrderId.text)")
            }
            guard get(WithdrawnAssignment.self, news.assignmentId) == nil, !order.isClosed else { return .applied }
            order.open(news.assignmentId)
            _ = enter(news.round, &order, news.workOrderId)
            set(order, news.workOrderId)
            visit = Visit(
                visitId: news.assignmentId, workOrderId: news.workOrderId, workOrderNumber: news.workOrderNumber,
                engineerId: news.engineerId, round: news.round)
        }
        guard change(&visit) else { return .applied }
        set(visit, news.assignmentId)
        self.note(note, about: Visit.self, news.assignmentId)
        return .applied
    }
}
