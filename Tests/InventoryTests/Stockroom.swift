import DomainContracts
import Foundation
import ServiceTesting

@testable import Inventory

/// A small stockroom in memory: one order, one engineer, and short words for what happens to them.
struct Stockroom {
    static let order = UUID(uuid: (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
    static let visit = UUID(uuid: (2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2))
    static let engineer = UUID(uuid: (3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3))
    static var van: String { Location.vanCode(engineer) }

    var bench = DeciderBench(.inventory)
    var policy = InventoryPolicy()

    @discardableResult
    mutating func receive(
        _ quantity: Int, of part: String = "PUMP", at unitCost: Int = 1_000, into depot: String = "depot/main",
        receipt: UUID = UUID(), currency: String = "CNY"
    ) throws -> Acknowledgement {
        try bench.send(
            ReceiveStock(
                receiptId: receipt, locationCode: depot, partCode: part, quantity: quantity,
                unitCost: Money(unitCost, currency)),
            to: BookReceipt(policy: policy))
    }

    /// Asks for parts; line ids are given in order.
    @discardableResult
    mutating func need(
        _ lines: [(part: String, quantity: Int)], order: UUID = order, visit: UUID = visit, at: Date? = nil
    ) throws -> Ask {
        let lines = lines.map { RequestedPart(lineId: UUID(), partCode: $0.part, quantity: $0.quantity) }
        let event = PartsNeeded(
            partRequestId: UUID(), visitId: visit, workOrderId: order, workOrderNumber: "WO-1",
            engineerId: Self.engineer, reason: .missing, lines: lines, neededAt: at ?? bench.now)
        try bench.receive(event, by: ReserveNeededParts(policy: policy), story: order)
        return Ask(id: event.partRequestId, lines: lines.map(\.lineId), event: event)
    }

    struct Ask {
        let id: UUID
        let lines: [UUID]
        let event: PartsNeeded
    }

    @discardableResult
    mutating func issue(_ ask: Ask) throws -> Acknowledgement {
        try bench.send(IssueParts(partRequestId: ask.id), to: IssueReservedParts(policy: policy))
    }

    @discardableResult
    mutating func use(
        _ quantity: Int, of part: String = "PUMP", for ask: Ask? = nil, usage: UUID = UUID(), requestId: UUID? = nil,
        by engineer: UUID = engineer
    ) throws -> Bool {
        let event = PartUsed(
            usageId: usage, visitId: Self.visit, workOrderId: Self.order, engineerId: engineer, partCode: part,
            quantity: quantity, partRequestId: ask?.id ?? requestId, lineId: ask?.lines.first, usedAt: bench.now)
        return try bench.receive(event, by: ConsumeUsedPart(policy: policy), story: Self.order) == .applied
    }

    @discardableResult
    mutating func giveBack(
        _ quantity: Int, of ask: Ask, _ condition: PartCondition = .good, returnId: UUID = UUID()
    ) throws -> Acknowledgement {
        try bench.send(
            ReturnParts(
                returnId: returnId, partRequestId: ask.id,
                lines: [ReturnedPart(lineId: ask.lines[0], quantity: quantity, condition: condition)]),
            to: TakeBackParts(policy: policy))
    }

    mutating func endVisit(_ reason: VisitEndReason, requests: [UUID] = []) throws {
        let event = VisitEnded(
            visitId: Self.visit, workOrderId: Self.order, workOrderNumber: "WO-1", engineerId: Self.engineer,
            reason: reason, endedAt: bench.now, workMinutes: 30, travelMinutes: 10, partRequestIds: requests)
        try bench.receive(event, by: ReleasePartsAtVisitEnd(policy: policy), story: Self.order)
    }

    mutating func closeOrder(_ status: WorkOrderStatus = .cancelled) throws {
        let event = WorkOrderClosed(
            workOrderId: Self.order, workOrderNumber: "WO-1", status: status, closureCode: .cancelled,
            closedAt: bench.now,
            figures: WorkOrderFigures(
                receivedAt: bench.now, pausedSeconds: 0, visits: 1, reachedInProgress: true, resolvedRemotely: false,
                rework: false, serviceType: .repair))
        try bench.receive(event, by: ReleasePartsOfClosedOrder(policy: policy), story: Self.order)
    }

    func item(_ location: String = "depot/main", _ part: String = "PUMP") -> StockItem? {
        bench.state(StockItem.self, InventoryID.stock(location, part))
    }

    func part(_ code: String = "PUMP") -> Part? { bench.state(Part.self, InventoryID.part(code)) }
    func request(_ ask: Ask) -> PartRequest? { bench.state(PartRequest.self, ask.id) }
    var rows: [StockMovementRow] { bench.facts.compactMap { $0 as? StockMovementRow } }

    /// Pieces, and value, by which the ledger and the shelves disagree: zeros when every piece is accounted for.
    func imbalance(of parts: [String], at locations: [String]) -> [Int] {
        let held = parts.reduce(0) { sum, part in
            sum + locations.reduce(0) { $0 + (item($1, part)?.onHand ?? 0) }
        }
        let worth = parts.reduce(0) { $0 + (part($1)?.value ?? 0) }
        return [rows.reduce(0) { $0 + $1.quantity } - held, rows.reduce(0) { $0 + $1.value } - worth]
    }
}
