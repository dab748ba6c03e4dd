import Dispatching
import Foundation
import Logging
import Postgres
import ServiceKit

/// Looks in the days of branches for room for jobs that nobody could begin in time otherwise.
///
/// It reads without locks, like the day plan: the draft is carried out only where what it was made on still holds.
struct RoomFinder {
    let travel: TravelTimes
    let ids: IDGenerator
    private let logger = Logger(label: "room")

    init(travel: TravelTimes, ids: IDGenerator) {
        self.travel = travel
        self.ids = ids
    }

    /// In one step, so that nobody waits long for it: the most urgent come first.
    private static let mostJobs = 5
    private static let mostBranches = 4

    /// For the first job that has room.
    func draft(for wishes: [DispatchRound.RoomWish], _ session: borrowing WorkSession) async throws -> DraftPlan? {
        var readings: [String: BranchReading] = [:]
        for wish in wishes.prefix(Self.mostJobs) {
            for branch in try await branches(of: wish.engineers, session.connection).prefix(Self.mostBranches) {
                let reading: BranchReading
                if let known = readings[branch] {
                    reading = known
                } else {
                    reading = try await BranchReading(branch, session.connection, now: session.now, travel: travel)
                    readings[branch] = reading
                }
                var planner = BranchPlanner(reading.rules)
                do {
                    guard let room = try planner.room(for: wish.job, wish.arrivals, on: reading.day) else { continue }
                    return DraftPlan(reading, room, for: wish.job, wish.workOrderNumber, by: &planner, ids: ids)
                } catch let fault as BrokenDayPlan {
                    // The job is offered as it would have been without.
                    logger.error(
                        "room that breaks a rule", metadata: ["job": "\(wish.workOrderNumber)", "fault": "\(fault)"])
                }
            }
        }
        return nil
    }

    /// Those in which the most of them work first.
    private func branches(of engineers: [UUID], _ connection: PostgresConnection) async throws -> [String] {
        let rows = try await connection.query(
            """
            SELECT branch FROM engineer WHERE id = ANY(\(engineers))
            GROUP BY branch ORDER BY count(*) DESC, branch
            """)
        return try rows.map { try $0.get("branch") }
    }
}
