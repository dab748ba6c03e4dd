import Foundation
import Postgres

/// The statements behind the KPI table (domain.md §8). Merged orders are outside every figure.
enum KPIQueries {
    /// Days within which a repair that does not hold counts against the first.
    static let reworkDays = 30

    /// Figures of orders that ended. `now` tells which of them may still be spoilt by a rework.
    static func orders(now: Date) -> SQL {
        """
        WITH ended AS (
            SELECT DISTINCT ON (work_order_id) * FROM order_fact ORDER BY work_order_id, sequence DESC
        ), counted AS (
            SELECT ended.*, resolved_at - received_at AS took,
                   closed_at > \(now)::timestamptz - make_interval(days => \(reworkDays)::int) AS provisional,
                   EXISTS (SELECT FROM rework_fact
                           WHERE rework_fact.work_order_id = ended.work_order_id
                             AND reported_at <= coalesce(resolved_at, closed_at) + make_interval(days => \(reworkDays)::int))
                       AS reworked,
                   service_type = 'repair' AND reached_in_progress AND NOT resolved_remotely AS is_visited_repair
            FROM ended WHERE status <> 'merged'
        )
        SELECT (SELECT count(*) FROM order_notice)::bigint
                 - (SELECT count(*) FROM ended WHERE status = 'merged')::bigint AS opened,
               count(*) FILTER (WHERE status = 'closed')::bigint AS closed,
               (percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first_response_at - received_at))
                   FILTER (WHERE first_response_at IS NOT NULL))::bigint AS first_response_median,
               (percentile_disc(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM first_response_at - received_at))
                   FILTER (WHERE first_response_at IS NOT NULL))::bigint AS first_response_p90,
               (avg(extract(epoch FROM took) - paused_seconds)
                   FILTER (WHERE status = 'closed' AND took IS NOT NULL))::bigint AS mean_time_to_resolve,
               (avg(extract(epoch FROM took))
                   FILTER (WHERE status = 'closed' AND outcome IN ('fixed', 'replaced', 'resolved_remotely')))::bigint
                   AS mean_time_to_repair,
               count(*) FILTER (WHERE status = 'closed' AND is_visited_repair)::bigint AS first_time_fix_base,
               count(*) FILTER (WHERE status = 'closed' AND is_visited_repair AND outcome = 'fixed' AND visits = 1
                                  AND NOT reworked)::bigint AS first_time_fixed,
               count(*) FILTER (WHERE status = 'closed' AND is_visited_repair AND provisional)::bigint
                   AS first_time_fix_provisional,
               count(*) FILTER (WHERE resolved_remotely)::bigint AS resolved_remotely,
               count(*) FILTER (WHERE status = 'closed' AND reworked)::bigint AS reworked,
               count(*) FILTER (WHERE status = 'closed' AND provisional)::bigint AS rework_provisional,
               count(*) FILTER (WHERE visits > 1)::bigint AS repeat_visits,
               count(*) FILTER (WHERE visits > 0)::bigint AS visited
        FROM counted
        """
    }

    /// What customers said. A follow-up that is still open is not yet due for the rate.
    static let answers: SQL = """
        SELECT (SELECT count(*) FROM follow_up WHERE status IN ('answered', 'completed'))::bigint AS followed_up,
               (SELECT count(*) FROM notification WHERE template = 'survey')::bigint AS surveys_sent,
               count(*) FILTER (WHERE source = 'survey')::bigint AS surveys_answered,
               count(satisfaction) FILTER (WHERE satisfaction >= 4)::bigint AS satisfied,
               count(satisfaction)::bigint AS satisfaction_answers,
               count(recommendation) FILTER (WHERE recommendation >= 9)::bigint AS promoters,
               count(recommendation) FILTER (WHERE recommendation <= 6)::bigint AS detractors,
               count(recommendation)::bigint AS recommendation_answers
        FROM satisfaction_fact
        """

    /// SLA clocks of ended orders, by clock and status.
    static let clocks: SQL = """
        WITH ended AS (
            SELECT DISTINCT ON (work_order_id) work_order_id, sequence, status
            FROM order_fact ORDER BY work_order_id, sequence DESC
        )
        SELECT clock_fact.clock, clock_fact.status, count(*)::bigint AS clocks
        FROM clock_fact JOIN ended USING (work_order_id, sequence)
        WHERE ended.status <> 'merged' AND clock_fact.status IN ('met', 'breached')
        GROUP BY clock_fact.clock, clock_fact.status
        """
}
