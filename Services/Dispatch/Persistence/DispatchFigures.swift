import Foundation
import ServiceKit

/// What dispatch shows of its store as gauges.
enum DispatchFigures {
    static let all: [StoreFigure] = [
        StoreFigure(MetricCatalog.openJobs, by: "status", of: ["open", "offered", "accepted"]) { _ in
            """
            SELECT status AS label, count(*) AS value FROM job
            WHERE status IN ('open', 'offered', 'accepted') GROUP BY status
            """
        },
        StoreFigure(MetricCatalog.impossibleJobs) { _ in
            "SELECT count(*) AS value FROM job WHERE status = 'open' AND impasse_stamp IS NOT NULL"
        },
        StoreFigure(MetricCatalog.oldestJob) { now in
            """
            SELECT greatest((\(Int(now.timeIntervalSince1970 * 1_000)) - min(opened_at_ms)) / 1000, 0) AS value
            FROM job WHERE status = 'open'
            """
        },
        StoreFigure(MetricCatalog.openAssignments, by: "status", of: ["offered", "accepted"]) { _ in
            """
            SELECT status AS label, count(*) AS value FROM assignment
            WHERE status IN ('offered', 'accepted') GROUP BY status
            """
        },
    ]
}
