import DomainContracts
import Foundation
import ServiceKit

/// What one message does to stock and requests: changes states at once, and tells each movement and each request's
/// news once at the end, with the figures everything led to.
struct StockBooking {
    /// What is told about a request; of several, the one that says most about it wins.
    enum News: Int, Comparable {
        case reserved, backordered, issued, returned, released

        static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    struct Movement {
        let cause: StockMovementCause
        let causeId: UUID
        let partCode: String
        let locationCode: String
        let workOrderId: UUID?
        var quantity = 0
        var value = 0
    }

    let policy: InventoryPolicy
    let movedAt: Date
    var movements: [UUID: Movement] = [:]
    /// Movements in the order they were booked.
    var order: [UUID] = []
    var news: [UUID: News] = [:]

    init(_ policy: InventoryPolicy, movedAt: Date) {
        self.policy = policy
        self.movedAt = movedAt
    }

    func part(_ code: String, _ turn: inout Turn) -> Part {
        turn.get(Part.self, InventoryID.part(code)) ?? Part(code: code, currency: policy.currency)
    }

    func item(_ location: String, _ part: String, _ turn: inout Turn) -> StockItem {
        turn.get(StockItem.self, InventoryID.stock(location, part)) ?? StockItem(locationCode: location, partCode: part)
    }

    func keep(_ part: Part, _ turn: inout Turn) { turn.set(part, InventoryID.part(part.code)) }

    func keep(_ item: StockItem, _ turn: inout Turn) {
        turn.set(item, InventoryID.stock(item.locationCode, item.partCode))
    }

    func keep(_ request: PartRequest, _ turn: inout Turn) { turn.set(request, request.partRequestId) }

    mutating func tell(_ news: News, of requestId: UUID) {
        self.news[requestId] = max(self.news[requestId] ?? news, news)
    }

    mutating func note(
        _ cause: StockMovementCause, _ causeId: UUID, part: String, at location: String, pieces: Int, worth: Int,
        for workOrderId: UUID?
    ) {
        guard pieces != 0 else { return }
        let id = InventoryID.movement(
            cause: cause.rawValue, causeId: causeId, locationCode: location, partCode: part)
        if movements[id] == nil { order.append(id) }
        var movement =
            movements[id]
            ?? Movement(
                cause: cause, causeId: causeId, partCode: part, locationCode: location, workOrderId: workOrderId)
        movement.quantity += pieces
        movement.value += worth
        movements[id] = movement
    }

    /// Writes the ledger lines and emits everything; call once, last.
    func finish(_ turn: inout Turn) {
        for id in order {
            guard let movement = movements[id], movement.quantity != 0 else { continue }
            let item = item(movement.locationCode, movement.partCode, &turn)
            let moved = StockMoved(
                movementId: id, partCode: movement.partCode, locationCode: movement.locationCode,
                quantity: movement.quantity, cause: movement.cause, causeId: movement.causeId,
                value: Money(movement.value, policy.currency), onHand: item.onHand, reserved: item.reserved,
                workOrderId: movement.workOrderId, movedAt: movedAt)
            turn.append(StockMovementRow(moved))
            turn.emit(
                moved, about: StockItem.self, InventoryID.stock(movement.locationCode, movement.partCode),
                story: movement.workOrderId)
        }
        for (id, news) in news.sorted(by: { $0.key < $1.key }) {
            if let request = turn.get(PartRequest.self, id) { emit(news, request, &turn) }
        }
    }

    private func emit(_ news: News, _ request: PartRequest, _ turn: inout Turn) {
        let id = request.partRequestId
        let story = request.workOrderId
        let state = request.wire
        switch news {
        case .reserved:
            turn.emit(
                PartsReserved(request: state, occurredAt: movedAt), about: PartRequest.self, id, story: story)
        case .backordered:
            turn.emit(
                PartsBackordered(request: state, occurredAt: movedAt), about: PartRequest.self, id, story: story)
        case .issued:
            turn.emit(
                PartsIssued(
                    request: state, locationCode: Location.vanCode(request.engineerId), occurredAt: movedAt),
                about: PartRequest.self, id, story: story)
        case .returned:
            turn.emit(
                PartsReturned(request: state, occurredAt: movedAt), about: PartRequest.self, id, story: story)
        case .released:
            turn.emit(
                PartsReleased(request: state, occurredAt: movedAt), about: PartRequest.self, id, story: story)
        }
    }
}
