import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Somebody of ours by his id; by his role alone when nobody is named, for whoever has that role.
    mutating func own(_ role: String, _ id: UUID?) -> NotificationRecipient {
        NotificationRecipient(role: role, name: id.flatMap { get(Staff.self, $0)?.name }, engineerId: id)
    }

    /// Who stands above an engineer.
    mutating func supervisor(of engineerId: UUID?) -> UUID? {
        engineerId.flatMap { get(Staff.self, $0)?.supervisorId }
    }

    /// Tells whom an escalation names, once.
    ///
    /// - Parameter workOrderId: nil where it is about no order; the reason's parameters say about what.
    mutating func tell(_ escalation: Escalation, of workOrderId: UUID?, _ number: String?) {
        let named: UUID? =
            switch escalation.toRole {
            case "engineer": escalation.engineerId
            case "supervisor": escalation.supervisorId ?? supervisor(of: escalation.engineerId)
            default: nil
            }
        var parameters = escalation.reason.parameters
        parameters["reason"] = escalation.reason.code
        parameters["step"] = String(escalation.step)
        notify(
            own(escalation.toRole, named),
            Notification.escalation(escalation.escalationId),
            News(template: .escalation, parameters: parameters, workOrderId: workOrderId, workOrderNumber: number))
    }

    /// Tells of an SLA clock: a warning to him whose turn it is, a breach to who stands above him. Once for each
    /// promise, which a clock's start and target name.
    mutating func tell(
        _ clock: ClockState, _ template: Template, of workOrderId: UUID, _ number: String,
        responsible: ResponsibleParty
    ) -> EventOutcome {
        guard let notice = get(OrderNotice.self, workOrderId) else {
            return .notYet(waitingFor: Self.story(workOrderId))
        }
        let recipient: NotificationRecipient
        if template == .slaBreach {
            recipient = own("supervisor", supervisor(of: notice.engineerId))
        } else if responsible == .engineer {
            recipient = own("engineer", notice.engineerId)
        } else {
            recipient = own(responsible.rawValue, nil)
        }
        let promise = [
            clock.clock.rawValue, DomainContracts.RFC3339.format(clock.startedAt), String(clock.targetSeconds),
        ].joined(separator: "/")
        var parameters = ["clock": clock.clock.rawValue, "responsible": responsible.rawValue]
        parameters["dueAt"] = clock.dueAt.map(DomainContracts.RFC3339.format)
        notify(
            recipient, UUID(derivedFrom: DerivedNames.notification(template, promise), in: workOrderId),
            News(template: template, parameters: parameters, workOrderId: workOrderId, workOrderNumber: number))
        return .applied
    }
}
