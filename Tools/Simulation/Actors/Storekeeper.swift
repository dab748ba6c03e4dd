import DomainContracts
import Foundation
import ServiceKit

/// The depot: hands out what is reserved, orders what is missing, takes back what was not used.
struct Storekeeper: Sendable {
    let world: World
    static let depot = "depot/main"
    private var speaker: Speaker { .user("storekeeper") }

    func reserved(_ request: PartRequestState) async throws {
        remember(request)
        guard request.complete, request.lines.contains(where: { $0.reserved > 0 }) else { return }
        // Refused when the visit ended meanwhile, and nothing is reserved any more.
        _ = try await world.client.perform(
            IssueParts(partRequestId: request.partRequestId, occurredAt: world.clock.now()), as: speaker,
            story: request.workOrderId, attempts: 2)
    }

    /// Orders what the depot lacks; what nobody makes any more is told to the customer, and the order cancelled.
    func backordered(_ request: PartRequestState, _ order: KnownOrder) async throws {
        remember(request)
        let isGone = request.lines.contains { $0.partCode == PartsCatalog.discontinued(order.repaired.category) }
        try await world.wait(minutes: order.fate.number("vendor", 120...600))
        if isGone {
            world.order(order.id) { $0.isHopeless = true }
            return try await Agent(world: world).cancel(order, .partsUnavailable)
        }
        let parts = PartsCatalog.stocked(order.repaired.category)
        for line in request.lines where line.reserved + line.issued < line.approved {
            guard let part = parts.first(where: { $0.code == line.partCode }) else { continue }
            try await receive(part, 20, receipt: UUID(derivedFrom: "receipt", in: line.lineId))
        }
    }

    func receive(_ part: PartsCatalog.Part, _ quantity: Int, receipt: UUID) async throws {
        try await world.client.require(
            ReceiveStock(
                receiptId: receipt, locationCode: Self.depot, partCode: part.code, partName: part.name,
                quantity: quantity, unitCost: part.unitCost, reference: "PO-\(receipt.uuidString.prefix(8))",
                occurredAt: world.clock.now()),
            as: speaker, story: nil)
    }

    func issued(_ request: PartRequestState) async throws {
        remember(request)
        world.issued.post(request.partRequestId, request)
        if world.order(request.workOrderId, { $0.isConcluded }) { try await takeBack(request.workOrderId) }
    }

    /// Nobody goes again: pieces that were issued and not used come back.
    func takeBack(_ order: UUID) async throws {
        let returns: [ReturnParts] = world.order(order) { state in
            state.isConcluded = true
            return state.partRequests.values.compactMap { request in
                let lines = request.lines.compactMap { line -> ReturnedPart? in
                    let rest =
                        line.issued - state.used[line.lineId, default: 0] - state.returned[line.lineId, default: 0]
                    guard rest > 0 else { return nil }
                    state.returned[line.lineId, default: 0] += rest
                    return ReturnedPart(lineId: line.lineId, quantity: rest, condition: .good)
                }
                guard !lines.isEmpty else { return nil }
                return ReturnParts(
                    returnId: UUID.v7(), partRequestId: request.partRequestId, lines: lines,
                    occurredAt: world.clock.now())
            }
        }
        for command in returns { try await world.client.require(command, as: speaker, story: order) }
    }

    /// Keeps the newest: quantities issued only grow.
    private func remember(_ request: PartRequestState) {
        func pieces(_ request: PartRequestState) -> Int { request.lines.map(\.issued).reduce(0, +) }
        world.order(request.workOrderId) { state in
            if let known = state.partRequests[request.partRequestId], pieces(known) > pieces(request) { return }
            state.partRequests[request.partRequestId] = request
        }
    }
}
