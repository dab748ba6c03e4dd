import Foundation
import ServiceKit

extension StockBooking {
    /// Nobody comes again for these requests: gives up what is not issued, and begins to wait for the return of what is.
    mutating func end(_ requestIds: [UUID], _ turn: inout Turn) {
        for id in requestIds {
            guard var request = turn.get(PartRequest.self, id) else { continue }
            if request.verdict(on: .release) == .carryOut {
                turn.cancel(ApproveOverdueRequest.self, for: id)
                releaseUnissued(&request, &turn)
            } else if request.status == .issued {
                turn.schedule(
                    WriteOffUnreturnedParts.self, for: id, at: movedAt.addingTimeInterval(policy.returnDeadline))
            }
        }
    }
}
