import ServiceKit

/// What billing shows of its store as gauges.
enum BillingFigures {
    static let all: [StoreFigure] = [
        StoreFigure(MetricCatalog.openCharges, by: "status", of: ["estimated", "accepted"]) { _ in
            """
            SELECT status AS label, count(*) AS value FROM charge
            WHERE status IN ('estimated', 'accepted') GROUP BY status
            """
        },
        StoreFigure(MetricCatalog.ledgerEntries) { _ in
            "SELECT coalesce(sum(next_sequence - 1), 0)::bigint AS value FROM book"
        },
    ]
}
