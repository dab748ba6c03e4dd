import DomainContracts
import Foundation
import ServiceKit

/// Moves a request's reserved parts to the engineer's van.
struct IssueReservedParts: CommandHandler {
    let policy: InventoryPolicy

    func keys(_ command: IssueParts, _ keys: inout Keys) { keys.need(PartRequest.self, command.partRequestId) }

    func decide(_ command: IssueParts, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard var request = turn.get(PartRequest.self, command.partRequestId) else {
            throw .notFound("/data/partRequestId", "part request")
        }
        switch request.verdict(on: .issue) {
        case .refuse(let code): throw .conflict(code, "The request's parts cannot be issued")
        case .already: break
        case .carryOut:
            var booking = StockBooking(policy, movedAt: turn.occurred(command.occurredAt, notBefore: request.neededAt))
            openVan(of: request.engineerId, &turn)
            for line in request.lines {
                for allocation in line.allocations {
                    booking.transfer(
                        allocation.quantity, of: line.partCode, from: allocation.locationCode,
                        to: Location.vanCode(request.engineerId), reserved: true, cause: .issued,
                        causeId: request.partRequestId, for: request.workOrderId, &turn)
                }
            }
            request.issue()
            booking.keep(request, &turn)
            booking.tell(.issued, of: request.partRequestId)
            booking.finish(&turn)
        }
        return .init(request, &turn)
    }

    private func openVan(of engineerId: UUID, _ turn: inout Turn) {
        let van = Location.van(of: engineerId)
        let id = InventoryID.location(van.code)
        if turn.get(Location.self, id) == nil { turn.set(van, id) }
    }
}
