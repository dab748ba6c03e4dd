import DomainContracts
import Foundation
import ServiceKit

/// The time that was held is over, and nobody has agreed on one with the customer: the supervisor is told. The engineer
/// keeps the job, for he may have gone without an appointment.
struct AppointmentDue: TimerHandler {
    static let kind = "appointment-due"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) {
        keys.need(Assignment.self, timer.id)
    }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard let assignment = turn.get(Assignment.self, timer.id), assignment.status == .accepted,
            assignment.window == nil
        else { return }
        turn.escalate(
            assignment.workOrderId, assignment.workOrderNumber, engineerId: assignment.engineerId,
            CodedReason(code: "no_appointment", parameters: ["assignmentId": timer.id.text]))
    }
}
