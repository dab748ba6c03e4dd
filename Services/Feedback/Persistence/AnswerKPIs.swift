import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// The KPI table, recomputed from the facts each time it is asked for.
struct AnswerKPIs: QueryHandler {
    /// Domain time, to tell provisional figures from final ones.
    let clock: DomainClock

    func answer(_ query: KPIQuery, on connection: PostgresConnection) async throws -> KPIAnswer {
        let answers = try await connection.pipeline(
            [KPIQueries.orders(now: clock.now()), KPIQueries.answers, KPIQueries.clocks])
        // Aggregates without GROUP BY give one row each, whatever there is.
        guard let orders = answers[0].first, let said = answers[1].first else { throw NoRow() }
        var met: [String: Int] = [:]
        var breached: [String: Int] = [:]
        for row in answers[2] {
            let clock = try row.get("clock", as: String.self)
            let count = try row.get("clocks", as: Int.self)
            if try row.get("status", as: String.self) == "met" { met[clock] = count } else { breached[clock] = count }
        }
        return KPIAnswer(
            opened: try orders.get("opened"), closed: try orders.get("closed"),
            firstResponseMedian: try orders.get("first_response_median"),
            firstResponseP90: try orders.get("first_response_p90"),
            meanTimeToResolve: try orders.get("mean_time_to_resolve"),
            meanTimeToRepair: try orders.get("mean_time_to_repair"),
            firstTimeFixed: try orders.get("first_time_fixed"),
            firstTimeFixBase: try orders.get("first_time_fix_base"),
            resolvedRemotely: try orders.get("resolved_remotely"), reworked: try orders.get("reworked"),
            repeatVisits: try orders.get("repeat_visits"), visited: try orders.get("visited"),
            followedUp: try said.get("followed_up"), surveysSent: try said.get("surveys_sent"),
            surveysAnswered: try said.get("surveys_answered"), satisfied: try said.get("satisfied"),
            satisfactionAnswers: try said.get("satisfaction_answers"), promoters: try said.get("promoters"),
            detractors: try said.get("detractors"),
            recommendationAnswers: try said.get("recommendation_answers"), clocksMet: met, clocksBreached: breached,
            firstTimeFixProvisional: try orders.get("first_time_fix_provisional"),
            reworkProvisional: try orders.get("rework_provisional"))
    }

    private struct NoRow: Error {}
}
