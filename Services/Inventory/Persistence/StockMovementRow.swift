import DomainContracts
import Foundation
import ServiceKit

/// A line of the stock ledger, as its table holds it.
struct StockMovementRow: FactRow, Equatable {
    static let table = "stock_movement"
    static let columns = [
        "movement_id", "part_code", "location_code", "quantity", "cause", "cause_id", "value", "currency",
        "work_order_id", "moved_at",
    ]

    let movementId: UUID
    let partCode: String
    let locationCode: String
    /// Pieces in (above zero) or out (below).
    let quantity: Int
    let cause: String
    let causeId: UUID
    /// Minor units, with the sign of the quantity.
    let value: Int
    let currency: String
    let workOrderId: UUID?
    let movedAt: Date

    init(_ moved: StockMoved) {
        movementId = moved.movementId
        partCode = moved.partCode
        locationCode = moved.locationCode
        quantity = moved.quantity
        cause = moved.cause.rawValue
        causeId = moved.causeId
        value = moved.value.amount
        currency = moved.value.currency
        workOrderId = moved.workOrderId
        movedAt = moved.movedAt
    }

    private enum CodingKeys: String, CodingKey {
        case movementId = "movement_id"
        case partCode = "part_code"
        case locationCode = "location_code"
        case quantity, cause
        case causeId = "cause_id"
        case value, currency
        case workOrderId = "work_order_id"
        case movedAt = "moved_at"
    }
}
