import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Takes news of an estimate to its visit: work goes on, or the order is concluded with a report.
    mutating func hear(
        visit visitId: UUID, order workOrderId: UUID, estimate: UUID, cause: UUID? = nil,
        _ standing: EstimateStanding, refusal: EstimateRefusal? = nil, at: Date
    ) -> EventOutcome {
        guard var visit = get(Visit.self, visitId) else {
            return .notYet(waitingFor: "work-order/\(workOrderId.uuidString.lowercased())")
        }
        let before = visit
        switch visit.hear(of: estimate, cause: cause, standing, refusal: refusal) {
        case .noted:
            guard visit != before else { return .applied }
            set(visit, visitId)
            note("estimate-\(standing.rawValue)", about: Visit.self, visitId)
        case .resumes:
            let resumedAt = max(at, visit.lastStepAt ?? at)
            visit.take(.resume, at: resumedAt, by: "billing")
            set(visit, visitId)
            emit(
                VisitResumed(
                    visitId: visitId, workOrderId: visit.workOrderId, engineerId: visit.engineerId,
                    resumedAt: resumedAt),
                about: Visit.self, visitId, story: visit.workOrderId)
        case .endsOrder(let refusal):
            // Another visit that is under way, or planned, concludes the order itself.
            if let order = get(OrderBrief.self, workOrderId), !order.isClosed, order.openVisits.isEmpty {
                makeReport(on: &visit, outcome: refusal.outcome, reason: refusal.reason)
            }
            set(visit, visitId)
            note("estimate-refused", about: Visit.self, visitId)
        }
        return .applied
    }
}
