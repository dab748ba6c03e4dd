import ServiceKit

/// What inventory shows of its store as gauges.
enum InventoryFigures {
    private static let open = ["requested", "approved", "backordered", "reserved", "issued"]

    static let all: [StoreFigure] = [
        StoreFigure(MetricCatalog.openPartRequests, by: "status", of: open) { _ in
            "SELECT status AS label, count(*) AS value FROM part_request WHERE status = ANY(\(open)) GROUP BY status"
        }
    ]
}
