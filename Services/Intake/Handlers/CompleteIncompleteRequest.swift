import DomainContracts
import Foundation
import ServiceKit

/// An agent adds what a report lacked.
struct CompleteIncompleteRequest: CommandHandler {
    let links: CustomerLinks

    func keys(_ command: CompleteRequest, _ keys: inout Keys) { keys.need(ServiceRequest.self, command.requestId) }

    func decide(_ command: CompleteRequest, _ turn: inout Turn) throws(Refusal) -> ReportAccepted {
        guard var request = turn.get(ServiceRequest.self, command.requestId) else {
            throw .notFound("/data/requestId", "request")
        }
        guard request.status == .incomplete else {
            throw .conflict("request-not-incomplete", "The request is \(request.status.rawValue)")
        }
        let checked = CheckedReport(request.report.completed(by: command), at: turn.now)
        let sheet = turn.answerSheet(checked.report)
        if let refusal = Refusal.invalid(checked.errors + sheet.problems) { throw refusal }
        let before = Recognised(id: request.customerId, match: request.customerMatch ?? Matching.created)
        let known = turn.knownCustomer(in: checked.report)
        let isHimself = known?.match.isHimself(on: checked.report.channel, byUs: false) == true
        let isStillHe = known == nil || known?.id == before.id
        let parties = turn.settleParties(
            checked.report, request: request.id, customer: known ?? before,
            vouched: Vouched(
                isHimself: isHimself || isStillHe && turn.isReachedAsReported(request),
                contact: isHimself || command.contact != nil, place: isHimself || command.site != nil),
            story: IntakeID.workOrder(of: request.id))
        request.report = checked.report
        if turn.isStaffs {
            request.note(agentAct: turn.occurred(command.occurredAt, notBefore: request.receivedAt))
        }
        request.take(parties)
        turn.convertOrAsk(&request, sheet)
        let order = request.workOrderId.flatMap { turn.get(WorkOrder.self, $0) }
        let version =
            order.map { turn.version(WorkOrder.self, $0.id) } ?? turn.version(ServiceRequest.self, request.id)
        return links.accepted(request, workOrder: order, version: version)
    }
}

extension Turn {
    /// Whether the customer is reached just as the report said. Then what an agent adds is the customer's; else he would vouch for what a
    /// stranger said before.
    fileprivate mutating func isReachedAsReported(_ request: ServiceRequest) -> Bool {
        request.contactId == IntakeID.contact(of: request.customerId)
            && get(ContactPoint.self, request.contactId)?.isReached(asIn: request.report) == true
    }
}

extension ReportRepair {
    /// The report with what an agent says; his word wins.
    func completed(by command: CompleteRequest) -> ReportRepair {
        var report = self
        report.customer = command.customer?.over(customer) ?? customer
        report.contact = command.contact ?? contact
        report.device = command.device?.over(device) ?? device
        report.site = command.site ?? site
        report.serviceType = command.serviceType ?? serviceType
        report.serviceMode = command.serviceMode ?? serviceMode
        report.problem = command.problem ?? problem
        report.answers = command.answers?.over(answers) ?? answers
        if !command.preferredWindows.isEmpty { report.preferredWindows = command.preferredWindows }
        return report
    }
}

extension JSONValue {
    /// What is answered now wins; what was answered before stays.
    fileprivate func over(_ old: JSONValue?) -> JSONValue {
        guard case .object(let now) = self, case .object(let before)? = old else { return self }
        return .object(before.merging(now) { $1 })
    }
}

extension ReportedCustomer {
    fileprivate func over(_ old: ReportedCustomer?) -> ReportedCustomer {
        ReportedCustomer(
            name: name ?? old?.name, phone: phone ?? old?.phone, email: email ?? old?.email, kind: kind ?? old?.kind,
            customerNumber: customerNumber ?? old?.customerNumber, channelUserId: channelUserId ?? old?.channelUserId)
    }
}

extension ReportedDevice {
    fileprivate func over(_ old: ReportedDevice?) -> ReportedDevice {
        ReportedDevice(
            serialNumber: serialNumber ?? old?.serialNumber, code: code ?? old?.code, model: model ?? old?.model,
            category: category ?? old?.category, brand: brand ?? old?.brand,
            purchasedOn: purchasedOn ?? old?.purchasedOn, state: state ?? old?.state)
    }
}
