import DomainContracts
import Foundation
import ServiceKit

/// Records a new work order; the dispatcher at work finds somebody for it.
struct RecordOpenedJob: EventHandler {
    func keys(_ event: WorkOrderOpened, _ keys: inout Keys) {
        keys.need(Job.self, event.workOrderId)
    }

    func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
        guard turn.get(Job.self, event.workOrderId) == nil else { return .applied }
        turn.set(Job(event, sequence: turn.envelope.sequenceNumber, now: turn.now), event.workOrderId)
        turn.note("job-recorded", about: Job.self, event.workOrderId)
        return .applied
    }
}

/// Where an event waits that came before its order.
func waiting(for workOrderId: UUID) -> EventOutcome {
    .notYet(waitingFor: "work-order/\(workOrderId.text)")
}
