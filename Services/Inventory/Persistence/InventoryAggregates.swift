import ServiceKit

extension Part: Aggregate {
    static var table: String { "part" }
}

/// Named `stock` so that its subject is the contract's `stock/<item id>`.
extension StockItem: Aggregate {
    static var table: String { "stock" }
}

extension Location: Aggregate {
    static var table: String { "location" }
    var historyStatus: String? { kind.rawValue }
}

extension PartRequest: Aggregate {
    static var table: String { "part_request" }
    var historyStatus: String? { status.rawValue }
}

extension Backorders: Aggregate {
    static var table: String { "backorders" }
}

extension OrderParts: Aggregate {
    static var table: String { "order_parts" }
}

extension BookedAct: Aggregate {
    static var table: String { "booked_act" }
    var historyStatus: String? { kind.rawValue }
}
