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
    /// The job that the others make room for; nil where the plan is for the sake of the whole day.
    let newcomer: Newcomer?

    struct Newcomer: Sendable {
        var workOrderId: UUID
        var span: Span
        var offer: Offer
    }

    struct Change: Sendable {
        var plan: DayPlan.Change
        var workOrderId: UUID
        /// The offer that hands it over, and why.
        var offer: Offer?
        /// What another helper costs.
        var helper: CandidateScore?

        /// Of a helper, the one with which he helps.
        var assignmentId: UUID { plan.helps ?? plan.assignmentId }
        /// Whether somebody else has it from now on; who helps is offered nothing.
        var isHandOver: Bool { plan.isHandOver && plan.helps == nil }
        var isExchange: Bool { plan.isHandOver && plan.helps != nil }
    }

    struct Offer: Sendable {
        var assignmentId: UUID
        var engineerId: UUID
        var decision: Decision
    }

    /// Everything that carrying it out touches.
    var keys: Keys {
        var keys = Keys()
        keys.need(EngineerCalendar.self, Array(calendarVersions.keys))
        for change in changes {
            keys.need(Assignment.self, change.assignmentId)
            keys.need(Booking.self, change.plan.assignmentId)
            keys.need(Job.self, change.workOrderId)
            if change.isExchange {
                keys.need(Booking.self, AssignmentHelper(change.plan.to, for: change.assignmentId).bookingId)
            }
        }
        if let newcomer { keys.need(Job.self, newcomer.workOrderId) }
        for offer in changes.compactMap(\.offer) + (newcomer.map { [$0.offer] } ?? []) {
            keys.need(Engineer.self, offer.engineerId)
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
        self.init(reading, plan, by: &planner, because: nil, newcomer: nil, ids)
    }

    /// Takes the room that was made for a job, with the reasons for that; nil where none can be given.
    ///
    /// - Parameter number: of the job's work order.
    init?(
        _ reading: BranchReading, _ room: Room, for job: JobRequest, _ number: String, by planner: inout BranchPlanner,
        ids: IDGenerator
    ) {
        guard let decision = planner.decision(on: room, for: job, reading.day) else { return nil }
        let offer = Offer(assignmentId: ids.next(), engineerId: room.engineerId, decision: decision)
        self.init(
            reading, room.plan, by: &planner, because: number,
            newcomer: Newcomer(workOrderId: job.workOrderId, span: room.span, offer: offer), ids)
    }

    private init(
        _ reading: BranchReading, _ plan: DayPlan, by planner: inout BranchPlanner, because number: String?,
        newcomer: Newcomer?, _ ids: IDGenerator
    ) {
        branch = reading.branch
        self.plan = plan
        self.newcomer = newcomer
        roster = reading.rules.roster
        rosterStamp = reading.rosterStamp
        let touched = Set(plan.changes.flatMap { [$0.from, $0.to] } + (newcomer.map { [$0.offer.engineerId] } ?? []))
        calendarVersions = reading.calendarVersions.filter { touched.contains($0.key) }
        changes = plan.changes.compactMap { change in
            guard let workOrderId = reading.workOrders[change.assignmentId] else { return nil }
            if change.helps != nil {
                let score = planner.score(ofHelper: change, of: plan, reading.day)
                return Change(plan: change, workOrderId: workOrderId, helper: score)
            }
            guard change.isHandOver,
                let decision = planner.decision(on: change, of: plan, reading.day, because: number)
            else { return Change(plan: change, workOrderId: workOrderId) }
            return Change(
                plan: change, workOrderId: workOrderId,
                offer: Offer(assignmentId: ids.next(), engineerId: change.to, decision: decision))
        }
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
        handedOver = draft.changes.count(where: \.isHandOver)
        moved = draft.changes.count { $0.plan.helps == nil } - handedOver
        travelBefore = draft.plan.travelBefore
        travelAfter = draft.plan.travelAfter
    }
}
