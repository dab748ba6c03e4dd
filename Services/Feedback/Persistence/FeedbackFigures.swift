import ServiceKit

/// What feedback shows of its store as gauges.
enum FeedbackFigures {
    static let all: [StoreFigure] = [
        StoreFigure(MetricCatalog.openFollowUps, by: "status", of: ["scheduled", "due"]) { _ in
            """
            SELECT status AS label, count(*) AS value FROM follow_up
            WHERE status IN ('scheduled', 'due') GROUP BY status
            """
        }
    ]
}
