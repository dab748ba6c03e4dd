import FoundationEssentials

/// Stock by part and location.
public struct StockQuery: Query, Equatable {
    public typealias Reply = StockAnswer
    public static let service = ServiceName.inventory
    public static let wireName = "stock"

    public var partCode: String?
    public var locationCode: String?

    public init(partCode: String? = nil, locationCode: String? = nil) {
        self.partCode = partCode
        self.locationCode = locationCode
    }
}

/// Stock lines, ordered by part and location.
public struct StockAnswer: Codable, Sendable, Equatable {
    public var items: [StockLine]

    public init(items: [StockLine] = []) {
        self.items = items
    }
}

/// One part at one location.
public struct StockLine: Codable, Sendable, Hashable {
    public var partCode: String
    public var locationCode: String
    public var onHand: Int
    public var reserved: Int
    public var value: Money

    public init(partCode: String, locationCode: String, onHand: Int, reserved: Int, value: Money) {
        self.partCode = partCode
        self.locationCode = locationCode
        self.onHand = onHand
        self.reserved = reserved
        self.value = value
    }
}

/// One part request, by id.
public struct PartRequestQuery: Query, Equatable {
    public typealias Reply = PartRequestAnswer
    public static let service = ServiceName.inventory
    public static let wireName = "part-request"

    public var partRequestId: UUID

    public init(partRequestId: UUID) {
        self.partRequestId = partRequestId
    }
}

/// A part request; nil when there is none.
public struct PartRequestAnswer: Codable, Sendable, Equatable {
    public var request: PartRequestState?

    public init(request: PartRequestState? = nil) {
        self.request = request
    }
}

/// Inventory's lines of the reconciliation.
public struct InventoryTotalsQuery: Query, Equatable {
    public typealias Reply = InventoryTotals
    public static let service = ServiceName.inventory
    public static let wireName = "totals"

    public init() {
    }
}

/// Pieces over all parts; received + adjusted = onHand + consumed + scrapped.
public struct InventoryTotals: Codable, Sendable, Equatable {
    public var received: Int
    public var adjusted: Int
    public var onHand: Int
    public var consumed: Int
    public var scrapped: Int
    public var reserved: Int
    /// Minor units, same equation by value.
    public var receivedValue: Money
    public var adjustedValue: Money
    public var onHandValue: Money
    public var consumedValue: Money
    public var scrappedValue: Money
    public var requestsByStatus: [String: Int]
    /// Causes that moved stock more than once: always 0.
    public var doubledMovements: Int

    public init(
        received: Int, adjusted: Int, onHand: Int, consumed: Int, scrapped: Int, reserved: Int, receivedValue: Money,
        adjustedValue: Money, onHandValue: Money, consumedValue: Money, scrappedValue: Money,
        requestsByStatus: [String: Int] = [:], doubledMovements: Int
    ) {
        self.received = received
        self.adjusted = adjusted
        self.onHand = onHand
        self.consumed = consumed
        self.scrapped = scrapped
        self.reserved = reserved
        self.receivedValue = receivedValue
        self.adjustedValue = adjustedValue
        self.onHandValue = onHandValue
        self.consumedValue = consumedValue
        self.scrappedValue = scrappedValue
        self.requestsByStatus = requestsByStatus
        self.doubledMovements = doubledMovements
    }
}
