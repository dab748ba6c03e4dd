import ServiceKit

/// What field service shows of its store as gauges.
enum FieldServiceFigures {
    static let all: [StoreFigure] = [
        StoreFigure(
            MetricCatalog.openVisits, by: "status", of: VisitState.allCases.filter { !$0.isFinal }.map(\.rawValue)
        ) { _ in
            """
            SELECT status AS label, count(*) AS value FROM visit
            WHERE status IN ('planned', 'scheduled', 'en_route', 'on_site', 'in_progress', 'paused') GROUP BY status
            """
        }
    ]
}
