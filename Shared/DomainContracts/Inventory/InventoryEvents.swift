import FoundationEssentials

/// One movement of stock, as the stock ledger holds it. Subject `stock/<item id>`.
public struct StockMoved: Event, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "stock-moved"

    public var movementId: UUID
    public var partCode: String
    public var locationCode: String
    /// Pieces in (above zero) or out (below).
    public var quantity: Int
    public var cause: StockMovementCause
    /// The receipt, usage, request or return that caused it.
    public var causeId: UUID
    /// Value that moved, same sign as quantity, at moving average cost.
    public var value: Money
    /// At this location after the movement.
    public var onHand: Int
    public var reserved: Int
    public var workOrderId: UUID?
    public var movedAt: Date

    public init(
        movementId: UUID, partCode: String, locationCode: String, quantity: Int, cause: StockMovementCause,
        causeId: UUID, value: Money, onHand: Int, reserved: Int, workOrderId: UUID? = nil, movedAt: Date
    ) {
        self.movementId = movementId
        self.partCode = partCode
        self.locationCode = locationCode
        self.quantity = quantity
        self.cause = cause
        self.causeId = causeId
        self.value = value
        self.onHand = onHand
        self.reserved = reserved
        self.workOrderId = workOrderId
        self.movedAt = movedAt
    }
}

/// The request's parts are set aside: all of them when `complete`. Subject `part-request/<id>`.
public struct PartsReserved: Event, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "parts-reserved"

    public var request: PartRequestState
    public var occurredAt: Date

    public init(request: PartRequestState, occurredAt: Date) {
        self.request = request
        self.occurredAt = occurredAt
    }
}

/// Some of the request's parts are not there. Subject `part-request/<id>`.
public struct PartsBackordered: Event, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "parts-backordered"

    public var request: PartRequestState
    public var occurredAt: Date

    public init(request: PartRequestState, occurredAt: Date) {
        self.request = request
        self.occurredAt = occurredAt
    }
}

/// The parts are in the van. Subject `part-request/<id>`.
public struct PartsIssued: Event, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "parts-issued"

    public var request: PartRequestState
    public var locationCode: String
    public var occurredAt: Date

    public init(request: PartRequestState, locationCode: String, occurredAt: Date) {
        self.request = request
        self.locationCode = locationCode
        self.occurredAt = occurredAt
    }
}

/// Unused parts are back in stock. Subject `part-request/<id>`.
public struct PartsReturned: Event, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "parts-returned"

    public var request: PartRequestState
    public var occurredAt: Date

    public init(request: PartRequestState, occurredAt: Date) {
        self.request = request
        self.occurredAt = occurredAt
    }
}

/// A reservation was given up: the order ended, or the parts were not wanted. Subject `part-request/<id>`.
public struct PartsReleased: Event, Equatable {
    public static let service = ServiceName.inventory
    public static let wireName = "parts-released"

    public var request: PartRequestState
    public var occurredAt: Date

    public init(request: PartRequestState, occurredAt: Date) {
        self.request = request
        self.occurredAt = occurredAt
    }
}

/// A part request as it stands, with all its lines.
public struct PartRequestState: Codable, Sendable, Hashable {
    public var partRequestId: UUID
    public var workOrderId: UUID
    public var visitId: UUID
    public var engineerId: UUID
    public var status: PartRequestStatus
    /// Every line is reserved, issued, or done with.
    public var complete: Bool
    /// Nothing is open any more: each piece was consumed, returned or released.
    public var settled: Bool
    public var lines: [PartRequestLineState]

    public init(
        partRequestId: UUID, workOrderId: UUID, visitId: UUID, engineerId: UUID, status: PartRequestStatus,
        complete: Bool, settled: Bool, lines: [PartRequestLineState] = []
    ) {
        self.partRequestId = partRequestId
        self.workOrderId = workOrderId
        self.visitId = visitId
        self.engineerId = engineerId
        self.status = status
        self.complete = complete
        self.settled = settled
        self.lines = lines
    }
}

/// A line's quantities; its status is derived from them.
public struct PartRequestLineState: Codable, Sendable, Hashable {
    public var lineId: UUID
    public var partCode: String
    public var requested: Int
    public var approved: Int
    public var reserved: Int
    public var issued: Int
    public var consumed: Int
    public var returned: Int
    public var released: Int

    public init(
        lineId: UUID, partCode: String, requested: Int, approved: Int, reserved: Int, issued: Int, consumed: Int,
        returned: Int, released: Int
    ) {
        self.lineId = lineId
        self.partCode = partCode
        self.requested = requested
        self.approved = approved
        self.reserved = reserved
        self.issued = issued
        self.consumed = consumed
        self.returned = returned
        self.released = released
    }
}
