import DomainContracts
import Foundation

@testable import DispatchService
@testable import Feedback
@testable import FieldService
@testable import ServiceKit

extension InvariantWatch {
    private static let visits = Reach(VisitState.allCases, VisitAct.allCases, VisitStateMachine.next)
    private static let assignments = Reach(
        AssignmentState.allCases, AssignmentEvent.allCases, AssignmentStateMachine.next)
    private static let jobs = Reach(JobState.allCases, JobEvent.allCases, JobStateMachine.next)
    private static let followUps = Reach(FollowUpState.allCases, FollowUpAct.allCases, FollowUpStateMachine.next)

    func checkVisits(_ commit: Commit) {
        for change in commit.changes {
            switch (change.before, change.after) {
            case (let before as Visit, let visit as Visit):
                if !Self.visits.allows(before.status, visit.status) {
                    violate("visit \(visit.visitId) was \(before.status) and is \(visit.status)")
                }
                if let end = before.end, visit.end != end { violate("visit \(visit.visitId) ended twice") }
            case (let before as ServiceReport, let report as ServiceReport):
                if before.content != report.content || (before.status != .awaiting && before.status != report.status) {
                    violate("report \(report.content.reportNumber) changed after its word")
                }
            default: break
            }
        }
    }

    /// No engineer is booked twice for one time, and the table says what the calendars say.
    func checkBookings(_ commit: Commit, _ dispatch: SimulatedService) {
        var engineers: Set<UUID> = []
        for change in commit.changes {
            switch (change.before, change.after) {
            case (let before as Assignment, let after as Assignment):
                if !Self.assignments.allows(before.status, after.status) {
                    violate("assignment \(change.key.id) was \(before.status) and is \(after.status)")
                }
            case (let before as Job, let after as Job):
                if !Self.jobs.allows(before.status, after.status) {
                    violate("job \(change.key.id) was \(before.status) and is \(after.status)")
                }
            case (_, is EngineerCalendar): engineers.insert(change.key.id)
            case (_, let booking as Booking): engineers.insert(booking.engineerId)
            default: break
            }
        }
        if engineers.isEmpty { return }
        let bookings = dispatch.all(Booking.self)
        for engineer in engineers {
            let own = bookings.filter { $0.value.engineerId == engineer && $0.value.live }
            let sorted = own.map(\.value.span).filter { $0.start < $0.end }.sorted { $0.start < $1.start }
            for (first, second) in zip(sorted, sorted.dropFirst()) where first.overlaps(second) {
                violate("engineer \(engineer) is booked twice at \(second.window.start)")
            }
            let calendar = dispatch.value(EngineerCalendar.self, engineer)?.entries ?? []
            for entry in calendar {
                if own.contains(where: { $0.id == entry.assignmentId && $0.value.span == entry.span }) { continue }
                violate("the booking \(entry.assignmentId) of engineer \(engineer) stands in his calendar alone")
            }
        }
    }

    func checkFollowUps(_ commit: Commit) {
        for change in commit.changes {
            guard let before = change.before as? FollowUp, let after = change.after as? FollowUp else { continue }
            if !Self.followUps.allows(before.status, after.status) {
                violate("follow-up \(change.key.id) was \(before.status) and is \(after.status)")
            }
        }
    }
}
