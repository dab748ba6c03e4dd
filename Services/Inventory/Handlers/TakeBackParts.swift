import DomainContracts
import Foundation
import ServiceKit

/// Takes unused parts back: good ones to the depots they came from, defective ones to scrap. What was written off to the
/// van since is taken back, too, as long as the van has it.
struct TakeBackParts: CommandHandler {
    let policy: InventoryPolicy

    func keys(_ command: ReturnParts, _ keys: inout Keys) {
        keys.need(BookedAct.self, command.returnId)
        keys.need(PartRequest.self, command.partRequestId)
    }

    func decide(_ command: ReturnParts, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard var request = turn.get(PartRequest.self, command.partRequestId) else {
            throw .notFound("/data/partRequestId", "part request")
        }
        let act = BookedAct(kind: .takenBack, content: Self.content(of: command))
        if let booked = turn.get(BookedAct.self, command.returnId) {
            guard booked == act else { throw .conflict("return-differs", "This return was booked with other parts") }
            return .init(request, &turn)
        }
        if let refusal = Refusal.invalid(Self.problems(command, request)) { throw refusal }
        if case .refuse(let code) = request.verdict(on: .takeBack) {
            throw .conflict(code, "None of the request's parts are in the van")
        }
        try checkQuantities(command, request, &turn)
        turn.set(act, command.returnId)
        var booking = StockBooking(policy, movedAt: turn.occurred(command.occurredAt, notBefore: request.neededAt))
        for returned in command.lines { takeBack(returned, command.returnId, &request, &booking, &turn) }
        if request.isSettled { turn.cancel(WriteOffUnreturnedParts.self, for: request.partRequestId) }
        booking.tell(.returned, of: request.partRequestId)
        booking.finish(&turn)
        return .init(request, &turn)
    }

    private func takeBack(
        _ returned: ReturnedPart, _ returnId: UUID, _ request: inout PartRequest, _ booking: inout StockBooking,
        _ turn: inout Turn
    ) {
        guard let line = request.lines.first(where: { $0.lineId == returned.lineId }) else { return }
        let van = Location.vanCode(request.engineerId)
        let depots = request.takeBack(returned.quantity, line: line.lineId)
        booking.keep(request, &turn)
        if returned.condition == .defective {
            booking.leave(
                returned.quantity, of: line.partCode, at: van, cause: .scrapped, causeId: returnId,
                for: request.workOrderId, &turn)
        } else {
            booking.ensure(
                returned.quantity, of: line.partCode, at: van, causeId: returnId, for: request.workOrderId, &turn)
            for depot in depots {
                booking.transfer(
                    depot.quantity, of: line.partCode, from: van, to: depot.locationCode, reserved: false,
                    cause: .returned, causeId: returnId, for: request.workOrderId, &turn)
            }
            for depot in depots { booking.fill(line.partCode, at: depot.locationCode, &turn) }
        }
    }

    private func checkQuantities(
        _ command: ReturnParts, _ request: PartRequest, _ turn: inout Turn
    ) throws(Refusal) {
        // What was written off is the van's own: it may be used up, where what the request has is known to be there.
        var vanHas: [String: Int] = [:]
        for line in request.lines {
            let pieces = command.lines.filter { $0.lineId == line.lineId }.reduce(0) { $0 + $1.quantity }
            guard pieces > line.inVan else { continue }
            let item = InventoryID.stock(Location.vanCode(request.engineerId), line.partCode)
            let left = vanHas[line.partCode] ?? turn.get(StockItem.self, item)?.available ?? 0
            let most = line.inVan + min(line.releasedInVan, left)
            if pieces > most {
                throw .conflict(
                    "more-than-issued", "More comes back than is in the van",
                    detail: "line \(line.lineId.text): \(most) pieces")
            }
            vanHas[line.partCode] = left - (pieces - line.inVan)
        }
    }

    private static func problems(_ command: ReturnParts, _ request: PartRequest) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if command.lines.isEmpty { problems.append(FieldProblem("/data/lines", "required", "at least one line")) }
        for (index, line) in command.lines.enumerated() {
            let pointer = "/data/lines/\(index)"
            if !request.lines.contains(where: { $0.lineId == line.lineId }) {
                problems.append(FieldProblem(pointer + "/lineId", "not-found", "names no line of the request"))
            }
            if !(1...InventoryPolicy.mostPiecesAtOnce).contains(line.quantity) {
                problems.append(FieldProblem(pointer + "/quantity", "out-of-range", "one piece or more"))
            }
            if !line.condition.isKnown {
                problems.append(FieldProblem(pointer + "/condition", "unknown-value", "good or defective"))
            }
        }
        return problems
    }

    private static func content(of command: ReturnParts) -> String {
        ([command.partRequestId.uuidString]
            + command.lines.map { "\($0.lineId.uuidString) \($0.quantity) \($0.condition)" }.sorted())
            .joined(separator: "\n")
    }
}
