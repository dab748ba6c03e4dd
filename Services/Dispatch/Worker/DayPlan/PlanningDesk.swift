import Dispatching
import Foundation
import Logging
import Postgres
import Routing
import ServiceKit

/// Which branch is planned next, and the draft that came of it.
actor PlanningDesk {
    private let budget: SearchBudget?
    private let travel: TravelProvider
    private var result = Result()
    private var seen: [String: Look] = [:]
    private var rests = ContinuousClock.now
    private var seed: UInt64 = 0

    /// What came of thinking about a branch.
    struct Result: Sendable {
        var draft: DraftPlan?
        /// Visits that will be late by what was promised, whatever is planned.
        var atRisk: [UUID] = []
    }

    /// What a branch was like when it was planned last.
    private struct Look {
        var stamp: Int
        var at: Date
    }

    /// After each plan it rests so many times as long as that took: planning never takes more than a tenth of a core.
    private static let restsPerPlan = 9
    private static let logger = Logger(label: "day-plan")
    /// Nothing need have been booked for people to run late.
    private static let looksAgainAfter: TimeInterval = 15 * 60

    /// - Parameter milliseconds: for one plan; with 0 there are none.
    init(milliseconds: Int, travel: TravelProvider) {
        budget = milliseconds > 0 ? .time(.milliseconds(milliseconds)) : nil
        self.travel = travel
    }

    /// Plans the branch whose turn it is, if one's it is.
    func think(_ pool: PostgresPool, now: Date) async throws {
        guard let budget, ContinuousClock.now >= rests else { return }
        let began = ContinuousClock.now
        defer { rests = .now + (ContinuousClock.now - began) * Self.restsPerPlan }
        let branches = try await pool.withConnection { try await BranchReading.branches($0) }
        guard let next = next(of: branches, now: now) else { return }
        var reading = try await pool.withConnection { [times = travel.times] in
            try await BranchReading(next.name, $0, now: now, travel: times)
        }
        if travel.knowsRoads {
            let roster = reading.rules.roster
            await travel.prepare(for: travel.needs(sites: reading.day.sites + roster.depots, places: roster.bases))
            reading.day.travel = travel.times
        }
        // From here on only the plan itself can fail, and would again.
        seen[next.name] = Look(stamp: next.stamp, at: now)
        seed += 1
        result = try await Self.plan(reading, budget, seed)
    }

    func takeResult() -> Result {
        defer { result = Result() }
        return result
    }

    /// Of those in which something changed, or time has passed, the one that was planned longest ago.
    private func next(
        of branches: [(name: String, stamp: Int)], now: Date
    ) -> (name: String, stamp: Int)? {
        let due = branches.filter { branch in
            guard let look = seen[branch.name] else { return true }
            return look.stamp != branch.stamp || now.timeIntervalSince(look.at) >= Self.looksAgainAfter
        }
        return due.min { (seen[$0.name]?.at ?? .distantPast) < (seen[$1.name]?.at ?? .distantPast) }
    }

    /// On a thread of its own: the few that all tasks share are not for half a second of search.
    private static func plan(
        _ reading: BranchReading, _ budget: SearchBudget, _ seed: UInt64
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Swift.Result {
                        var planner = BranchPlanner(reading.rules)
                        var plan: DayPlan?
                        do {
                            plan = try planner.plan(reading.day, budget: budget, seed: seed)
                        } catch let fault as BrokenDayPlan {
                            // The day stays as it is, and who will be late is told all the same.
                            logger.error(
                                "a day plan breaks a rule",
                                metadata: ["branch": "\(reading.branch)", "fault": "\(fault)"])
                        }
                        return Result(
                            draft: plan.map { DraftPlan(reading, $0, by: &planner) },
                            atRisk: planner.atRisk(reading.day, after: plan))
                    })
            }
        }
    }
}
