import Foundation
import ServiceKit

/// An order whose repair did not hold, and the one that was opened for it.
struct ReworkFact: FactRow, Equatable {
    static let table = "rework_fact"
    static let columns = ["work_order_id", "rework_order_id", "reported_at"]

    let workOrderId: UUID
    let reworkOrderId: UUID
    let reportedAt: Date
}
