import DomainContracts
import Foundation
import ServiceKit

/// A storekeeper allows a request above the limit.
struct AllowPartRequest: CommandHandler {
    let policy: InventoryPolicy

    func keys(_ command: ApprovePartRequest, _ keys: inout Keys) {
        keys.need(PartRequest.self, command.partRequestId)
    }

    func decide(_ command: ApprovePartRequest, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard var request = turn.get(PartRequest.self, command.partRequestId) else {
            throw .notFound("/data/partRequestId", "part request")
        }
        switch request.verdict(on: .approve) {
        case .refuse(let code): throw .conflict(code, "The request was given up")
        case .already: break
        case .carryOut:
            request.approve(by: .storekeeper)
            var booking = StockBooking(policy, movedAt: turn.occurred(command.occurredAt, notBefore: request.neededAt))
            booking.reserve(&request, &turn)
            turn.cancel(ApproveOverdueRequest.self, for: command.partRequestId)
            booking.finish(&turn)
        }
        return .init(request, &turn)
    }
}

extension Acknowledgement {
    /// How a part request stands after a command.
    init(_ request: PartRequest, _ turn: inout Turn) {
        self.init(
            subject: PartRequest.subject(request.partRequestId),
            version: turn.version(PartRequest.self, request.partRequestId), status: request.status.rawValue)
    }
}
