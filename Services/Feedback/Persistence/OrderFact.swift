import DomainContracts
import Foundation
import ServiceKit

/// What the figures need of an order that ended. An order that was reinstated and ended again has a newer row: the
/// highest sequence counts.
struct OrderFact: FactRow, Equatable {
    static let table = "order_fact"
    static let columns = [
        "work_order_id", "sequence", "status", "closure_code", "outcome", "received_at", "first_response_at",
        "resolved_at", "closed_at", "paused_seconds", "visits", "reached_in_progress", "resolved_remotely", "rework",
        "service_type", "category", "region_code",
    ]

    let workOrderId: UUID
    let sequence: Int
    let status: WorkOrderStatus
    let closureCode: ClosureCode
    let outcome: Outcome?
    let receivedAt: Date
    let firstResponseAt: Date?
    let resolvedAt: Date?
    let closedAt: Date
    let pausedSeconds: Int
    let visits: Int
    let reachedInProgress: Bool
    let resolvedRemotely: Bool
    let rework: Bool
    let serviceType: ServiceType
    let category: String?
    let regionCode: String?

    init(_ event: WorkOrderClosed, sequence: Int) {
        workOrderId = event.workOrderId
        self.sequence = sequence
        status = event.status
        closureCode = event.closureCode
        outcome = event.outcome
        receivedAt = event.figures.receivedAt
        firstResponseAt = event.figures.firstResponseAt
        resolvedAt = event.figures.resolvedAt
        closedAt = event.closedAt
        pausedSeconds = event.figures.pausedSeconds
        visits = event.figures.visits
        reachedInProgress = event.figures.reachedInProgress
        resolvedRemotely = event.figures.resolvedRemotely
        rework = event.figures.rework
        serviceType = event.figures.serviceType
        category = event.figures.category
        regionCode = event.figures.regionCode
    }
}

/// How one SLA clock of an ended order stands.
struct ClockFact: FactRow, Equatable {
    static let table = "clock_fact"
    static let columns = ["work_order_id", "sequence", "clock", "status", "target_seconds", "paused_seconds"]

    let workOrderId: UUID
    let sequence: Int
    let clock: ClockKind
    let status: ClockStatus
    let targetSeconds: Int
    let pausedSeconds: Int
}
