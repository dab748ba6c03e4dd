import DomainContracts
import Foundation

extension Assignment {
    func offered(_ id: UUID, _ job: Job) -> AssignmentOffered {
        AssignmentOffered(
            assignmentId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, engineerId: engineerId,
            round: round, proposedWindow: proposedWindow, agreedWindow: window, offeredAt: offeredAt,
            leaseExpiresAt: leaseExpiresAt, explanation: explanation, serviceType: job.serviceType,
            priority: job.priority, problem: job.problem,
            category: job.category, regionCode: job.regionCode, location: job.location, helperIds: helperIds)
    }

    func accepted(_ id: UUID, at moment: Date) -> AssignmentAccepted {
        AssignmentAccepted(
            assignmentId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, engineerId: engineerId,
            round: round, proposedWindow: proposedWindow, agreedWindow: window, acceptedAt: moment,
            helperIds: helperIds)
    }

    func declined(_ id: UUID, _ reason: DeclineReason, at moment: Date) -> AssignmentDeclined {
        AssignmentDeclined(
            assignmentId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, engineerId: engineerId,
            round: round, reason: reason, declinedAt: moment)
    }

    func expired(_ id: UUID, at moment: Date) -> AssignmentExpired {
        AssignmentExpired(
            assignmentId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, engineerId: engineerId,
            round: round, expiredAt: moment)
    }

    func withdrawn(_ id: UUID, _ reason: WithdrawReason, at moment: Date) -> AssignmentWithdrawn {
        AssignmentWithdrawn(
            assignmentId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, engineerId: engineerId,
            round: round, reason: reason, withdrawnAt: moment)
    }

    func booked(
        _ id: UUID, _ window: TimeWindow, original: TimeWindow, rebooked: Bool, by initiator: Initiator, at moment: Date
    ) -> AssignmentBooked {
        AssignmentBooked(
            assignmentId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, engineerId: engineerId,
            round: round, window: window, originalWindow: original, rebooked: rebooked, initiatedBy: initiator,
            bookedAt: moment)
    }

    func crewChanged(_ id: UUID, booked: TimeWindow, at moment: Date) -> CrewChanged {
        CrewChanged(
            assignmentId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, engineerId: engineerId,
            round: round, helperIds: helperIds ?? [], missing: helpersMissing ?? 0, booked: booked, changedAt: moment)
    }

    /// Nil while there is nothing to tell.
    func planned(_ id: UUID, at moment: Date) -> AssignmentPlanned? {
        guard let window, let planned else { return nil }
        return AssignmentPlanned(
            assignmentId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, engineerId: engineerId,
            round: round, window: window, planned: planned, plannedAt: moment)
    }
}
