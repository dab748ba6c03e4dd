import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Takes news of an estimate to its visit: work goes on, or the order is concluded with a report.
    mutating func hear(
        visit visitId: UUID, order workOrderId: UUID, estimate: UUID, cause: UUID? = nil, preparedAt: Date? = nil,
        _ standing: EstimateStanding, refusal: EstimateRefusal? = nil, at: Date
    ) -> EventOutcome {
        guard var visit = get(Visit.self, visitId) else {
            return .notYet(waitingFor: "work-order/\(workOrderId.text)")
        }
        let before = visit
        switch visit.hear(of: estimate, cause: cause, preparedAt: preparedAt, standing, refusal: refusal) {
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
            // Another visit that is under way, or planned, concludes the order itself, or leaves it to this one again. Where
            // somebody is needed again since, whatever ended it, the order goes on without this one.
            if let order = get(OrderBrief.self, workOrderId), !order.isClosed, order.openVisits.isEmpty,
                !order.isPast(visit.round)
            {
                conclude(&visit, by: refusal)
            }
            set(visit, visitId)
            note("estimate-refused", about: Visit.self, visitId)
        }
        return .applied
    }

    /// Makes the report that a refusal left to other visits of the order, now that the last of them is over without one:
    /// else nobody would be asked to confirm, and no deadline would run.
    ///
    /// - Parameter visit: the last of them; nil when intake called them all off.
    mutating func concludeRefused(_ workOrderId: UUID, after visit: Visit?) {
        guard let order = get(OrderBrief.self, workOrderId), !order.isClosed, order.openVisits.isEmpty,
            order.awaiting == nil, let last = order.lastEnded, last.visitId != visit?.visitId
        else { return }
        // Somebody was needed again after that end: dispatch finds somebody else, or intake ends the order.
        if let visit, visit.round > last.round, order.isReinstated != true { return }
        guard !order.isPast(last.round), var ended = get(Visit.self, last.visitId),
            let refusal = ended.unreportedRefusal
        else { return }
        conclude(&ended, by: refusal)
        set(ended, last.visitId)
        note("refusal-concluded", about: Visit.self, last.visitId)
    }
}
