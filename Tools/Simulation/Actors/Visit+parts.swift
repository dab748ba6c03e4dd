import DomainContracts
import Foundation
import ServiceKit

extension Visit {
    /// Asks for a part that is not here, and comes again when it is.
    func requestForNextVisit(_ code: String) async throws {
        world.order(order.id) { $0.isDiagnosed = true }
        let request = try await ask(for: code, quantity: fate.happens("takes-two", 0.15) ? 2 : 1)
        switch try await clearance(of: request) {
        case .go: try await end(.partMissing, work: 20)
        case .refused: try await end(.quoteRefused, work: 20)
        case .rejected: try await conclude(.cannotBeDone, .cannotComplete, reason: "estimate_rejected", work: 20)
        case .waits(let decision): try await end(decision == .approval ? .needsApproval : .needsQuote, work: 20)
        }
    }

    /// Repairs it: with the part that was brought for it, one from the van, one that the depot's runner brings, or none.
    func repair(_ minutes: Int, _ planned: PartsCatalog.Part?) async throws {
        let brought = unusedLines()
        if !brought.isEmpty {
            for (request, line) in brought { try await use(line.partCode, request: request, line: line.lineId) }
        } else if let planned, fate.happens("from-van", 0.2) {
            try await use(planned.code, request: nil, line: nil)
        } else if let planned {
            guard try await useFromDepot(planned) else { return }
        }
        try await world.wait(minutes: minutes)
        try await takeDeposit()
        try await conclude(.workDone, .fixed, work: minutes + 10)
    }

    /// The runner brings the part; where he cannot within forty minutes, it is for the next visit, and the answer false.
    private func useFromDepot(_ part: PartsCatalog.Part) async throws -> Bool {
        let request = try await ask(for: part.code, quantity: fate.happens("takes-two", 0.1) ? 2 : 1)
        switch try await clearance(of: request) {
        case .go: break
        case .refused:
            try await end(.quoteRefused, work: 20)
            return false
        case .rejected:
            try await conclude(.cannotBeDone, .cannotComplete, reason: "estimate_rejected", work: 20)
            return false
        case .waits(let decision):
            world.order(order.id) { $0.isDiagnosed = true }
            try await end(decision == .approval ? .needsApproval : .needsQuote, work: 20)
            return false
        }
        guard let issued = await world.issued.value(request, within: world.real(minutes: 40)),
            let line = issued.lines.first
        else {
            try Task.checkCancellation()
            world.order(order.id) { $0.isDiagnosed = true }
            try await end(.partMissing, work: 20)
            return false
        }
        try await use(part.code, request: request, line: line.lineId)
        return true
    }

    private func ask(for code: String, quantity: Int) async throws -> UUID {
        let request = UUID.v7()
        try await say(
            RequestParts(
                partRequestId: request, visitId: id, engineerId: engineer, reason: .missing,
                lines: [RequestedPart(lineId: UUID.v7(), partCode: code, quantity: quantity)], occurredAt: now))
        return request
    }

    private func use(_ code: String, request: UUID?, line: UUID?) async throws {
        try await say(
            UsePart(
                usageId: UUID.v7(), visitId: id, engineerId: engineer, partCode: code, quantity: 1,
                partRequestId: request, lineId: line, occurredAt: now))
        if let line { world.order(order.id) { $0.used[line, default: 0] += 1 } }
    }

    /// Lines of earlier requests with pieces in the van.
    private func unusedLines() -> [(request: UUID, line: PartRequestLineState)] {
        world.order(order.id) { state in
            state.partRequests.values.flatMap { request in
                request.lines.filter {
                    $0.issued > state.used[$0.lineId, default: 0] + state.returned[$0.lineId, default: 0]
                }.map { (request.partRequestId, $0) }
            }
        }
    }

    /// One in eight pays half of what was agreed in cash, on the spot.
    private func takeDeposit() async throws {
        let agreed = world.order(order.id) { $0.agreedTotal }
        guard agreed > 1, fate.happens("deposit", 0.125) else { return }
        try await Finance(world: world).collect(Money(agreed / 2, "CNY"), from: order, by: engineer)
    }
}
