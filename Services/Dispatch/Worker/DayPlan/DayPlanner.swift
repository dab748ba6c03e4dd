import Foundation
import Postgres
import ServiceKit

/// Plans the days of the branches, one branch after another, and carries out what makes a day better.
///
/// It thinks before its transaction, on what it has read without locks; the transaction then looks whether that still
/// holds. Where anything has changed nothing is done, and the branch's turn comes again.
struct DayPlanner: Worker {
    let name = "day-planner"
    /// It looks by itself: woken by every booking it would do little but look.
    let watched: Set<String> = []
    private let desk: PlanningDesk

    init(milliseconds: Int, travel: TravelProvider = .estimate) {
        desk = PlanningDesk(milliseconds: milliseconds, travel: travel)
    }

    func prepare(_ pool: PostgresPool, now: Date) async throws { try await desk.think(pool, now: now) }

    func step(_ session: inout WorkSession) async throws -> Bool {
        let result = await desk.takeResult()
        guard let draft = result.draft else {
            try await tell(result.atRisk, &session)
            return false
        }
        try await session.load(draft.keys)
        // Whoever reports somebody absent waits for his calendar from here on; whoever did before has changed the stamp.
        guard try await RosterReading.currentStamp(session.connection) == draft.rosterStamp else { return false }
        try session.decide(story: nil) { turn in
            if turn.carryOut(draft) { turn.append(DayPlanFact(draft, at: turn.now)) }
        }
        try await tell(result.atRisk, &session)
        return true
    }

    private func tell(_ atRisk: [UUID], _ session: inout WorkSession) async throws {
        guard !atRisk.isEmpty else { return }
        var keys = Keys()
        keys.need(Assignment.self, atRisk)
        try await session.load(keys)
        var assignments: [(UUID, Assignment)] = []
        try session.decide(story: nil) { turn in
            assignments = atRisk.compactMap { id in turn.get(Assignment.self, id).map { (id, $0) } }
        }
        for (_, assignment) in assignments {
            keys.need(Job.self, assignment.workOrderId)
            keys.need(Engineer.self, assignment.engineerId)
        }
        try await session.load(keys)
        for (id, assignment) in assignments {
            try session.decide(story: assignment.workOrderId) { turn in turn.tellRisk(of: id) }
        }
    }
}
