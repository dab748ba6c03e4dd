import DomainContracts
import Foundation
import ServiceKit

/// Nobody decided in time: the request is approved by deadline, which its history shows as an escalation.
struct ApproveOverdueRequest: TimerHandler {
    static let kind = "part-request-approval"
    let policy: InventoryPolicy

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(PartRequest.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var request = turn.get(PartRequest.self, timer.id), request.verdict(on: .approve) == .carryOut else {
            return
        }
        request.approve(by: .deadline)
        var booking = StockBooking(policy, movedAt: turn.now)
        booking.reserve(&request, &turn)
        booking.finish(&turn)
        turn.note("escalated-approved-by-deadline", about: PartRequest.self, timer.id)
    }
}
