import FoundationEssentials

/// Goods came in from a vendor.
public struct ReceiveStock: Command, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "receive-stock"

    public var receiptId: UUID
    /// The depot's code, `depot/main` for instance.
    public var locationCode: String
    public var partCode: String
    public var partName: String?
    public var quantity: Int
    /// What one piece cost.
    public var unitCost: Money
    public var reference: String?
    public var occurredAt: Date?

    public init(
        receiptId: UUID, locationCode: String, partCode: String, partName: String? = nil, quantity: Int,
        unitCost: Money, reference: String? = nil, occurredAt: Date? = nil
    ) {
        self.receiptId = receiptId
        self.locationCode = locationCode
        self.partCode = partCode
        self.partName = partName
        self.quantity = quantity
        self.unitCost = unitCost
        self.reference = reference
        self.occurredAt = occurredAt
    }
}

/// A storekeeper allows a part request that stands above the limit.
public struct ApprovePartRequest: Command, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "approve-request"

    public var partRequestId: UUID
    public var note: String?
    public var occurredAt: Date?

    public init(partRequestId: UUID, note: String? = nil, occurredAt: Date? = nil) {
        self.partRequestId = partRequestId
        self.note = note
        self.occurredAt = occurredAt
    }
}

/// Reserved parts go to the engineer's van 领用.
public struct IssueParts: Command, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "issue"

    public var partRequestId: UUID
    public var occurredAt: Date?

    public init(partRequestId: UUID, occurredAt: Date? = nil) {
        self.partRequestId = partRequestId
        self.occurredAt = occurredAt
    }
}

/// Unused parts go back to stock 退库.
public struct ReturnParts: Command, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "return-parts"

    public var returnId: UUID
    public var partRequestId: UUID
    public var lines: [ReturnedPart]
    public var occurredAt: Date?

    public init(returnId: UUID, partRequestId: UUID, lines: [ReturnedPart] = [], occurredAt: Date? = nil) {
        self.returnId = returnId
        self.partRequestId = partRequestId
        self.lines = lines
        self.occurredAt = occurredAt
    }
}

/// One line of a return.
public struct ReturnedPart: Codable, Sendable, Hashable {
    public var lineId: UUID
    public var quantity: Int
    public var condition: PartCondition

    public init(lineId: UUID, quantity: Int, condition: PartCondition) {
        self.lineId = lineId
        self.quantity = quantity
        self.condition = condition
    }
}
