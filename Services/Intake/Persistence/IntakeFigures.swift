import DomainContracts
import ServiceKit

/// What intake shows of its store as gauges.
enum IntakeFigures {
    static let all: [StoreFigure] = [
        StoreFigure(
            MetricCatalog.openWorkOrders, by: "status",
            of: WorkOrderState.allCases.filter { !$0.isFinal }.map(\.rawValue)
        ) { _ in
            """
            SELECT status AS label, count(*) AS value FROM work_order
            WHERE status NOT IN ('closed', 'cancelled', 'merged') GROUP BY status
            """
        },
        StoreFigure(
            MetricCatalog.breachedClocks, by: "clock", of: ["response", "acceptance", "arrival", "resolution"]
        ) { _ in
            """
            SELECT kind AS label, count(*) AS value FROM work_order
            CROSS JOIN LATERAL (VALUES
                ('response', clock_response), ('acceptance', clock_acceptance), ('arrival', clock_arrival),
                ('resolution', clock_resolution)) AS clock (kind, standing)
            WHERE work_order.status NOT IN ('closed', 'cancelled', 'merged')
                AND clock.standing = \(ClockStatus.breached.rawValue)
            GROUP BY kind
            """
        },
        StoreFigure(MetricCatalog.openRequests, by: "status", of: ["received", "incomplete"]) { _ in
            """
            SELECT status AS label, count(*) AS value FROM service_request
            WHERE status IN ('received', 'incomplete') GROUP BY status
            """
        },
        StoreFigure(MetricCatalog.openDisputes) { _ in
            "SELECT count(*) AS value FROM entitlement_dispute WHERE status = 'open'"
        },
    ]
}
