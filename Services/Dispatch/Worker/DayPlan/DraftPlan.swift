import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// A plan that is yet to be carried out, with what it was made on.
struct DraftPlan: Sendable {
    let branch: String
    let plan: DayPlan
    /// The engineers whom it had before it.
    let roster: Roster
    /// Of all engineers and the rules, as they were.
    let rosterStamp: Int
    /// Versions of the calendars it touches.
    let calendarVersions: [UUID: Int]
    let changes: [Change]

    struct Change: Sendable {
        var plan: DayPlan.Change
        var workOrderId: UUID
        /// The offer that hands it over, and why.
        var offer: Offer?
    }

    struct Offer: Sendable {
        var assignmentId: UUID
        var decision: Decision
    }

    /// Everything that carrying it out touches.
    var keys: Keys {
        var keys = Keys()
        keys.need(EngineerCalendar.self, Array(calendarVersions.keys))
        for change in changes {
            keys.need(Assignment.self, change.plan.assignmentId)
            keys.need(Booking.self, change.plan.assignmentId)
            keys.need(Job.self, change.workOrderId)
            guard let offer = change.offer else { continue }
            keys.need(Engineer.self, change.plan.to)
            keys.need(Assignment.self, offer.assignmentId)
            keys.need(Booking.self, offer.assignmentId)
            keys.need(DecisionRecord.self, offer.assignmentId)
            keys.need(RosterSnapshot.self, RosterSnapshot.id(of: roster.ids))
        }
        return keys
    }
}

extension DraftPlan {
    /// Takes a plan with the reasons for all that it hands over.
    init(_ reading: BranchReading, _ plan: DayPlan, by planner: inout BranchPlanner, ids: IDGenerator = .v7) {
        branch = reading.branch
        self.plan = plan
        roster = reading.rules.roster
        rosterStamp = reading.rosterStamp
        let touched = Set(plan.changes.flatMap { [$0.from, $0.to] })
        calendarVersions = reading.calendarVersions.filter { touched.contains($0.key) }
        var changes: [Change] = []
        for change in plan.changes {
            guard let workOrderId = reading.workOrders[change.assignmentId] else { continue }
            let decision = change.isHandOver ? planner.decision(on: change, of: plan, reading.day) : nil
            changes.append(
                Change(
                    plan: change, workOrderId: workOrderId,
                    offer: decision.map { Offer(assignmentId: ids.next(), decision: $0) }))
        }
        self.changes = changes
    }
}

/// A plan that was carried out, as its table holds it.
struct DayPlanFact: FactRow, Equatable {
    static let table = "day_plan"
    static let columns = [
        "branch", "planned_at", "visits", "handed_over", "moved", "travel_before", "travel_after",
    ]

    let branch: String
    let plannedAt: Date
    let visits: Int
    let handedOver: Int
    let moved: Int
    /// Seconds.
    let travelBefore: Int
    let travelAfter: Int

    init(_ draft: DraftPlan, at moment: Date) {
        branch = draft.branch
        plannedAt = moment
        visits = draft.plan.visits
        handedOver = draft.changes.count(where: \.plan.isHandOver)
        moved = draft.changes.count - handedOver
        travelBefore = draft.plan.travelBefore
        travelAfter = draft.plan.travelAfter
    }
}
