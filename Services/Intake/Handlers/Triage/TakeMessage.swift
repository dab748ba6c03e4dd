import DomainContracts
import Foundation
import ServiceKit

/// Keeps what somebody says more about his request, and tells it. A reminder 催单 on an open order is also an escalation:
/// each goes to the next above the one who was told last. What comes by mail from the address of the report is kept as unverified,
/// and moves nothing: anybody can write whom a mail is from.
struct TakeMessage: CommandHandler {
    let links: CustomerLinks

    func keys(_ command: AppendMessage, _ keys: inout Keys) {
        if let id = command.requestId { keys.need(ServiceRequest.self, id) }
        if let id = command.workOrderId { keys.needWorkOrder(id) }
    }

    func decide(_ command: AppendMessage, _ turn: inout Turn) throws(Refusal) -> MessageTaken {
        let (sent, errors) = command.checked()
        if let refusal = Refusal.invalid(errors) { throw refusal }
        if turn.channel != nil { try turn.checkChannel(sent.channel) }
        let named = try turn.order(meantBy: sent)
        var request = try turn.request(meantBy: sent, named)
        let isUnverified = turn.isUnverifiedMail(sent, request)
        if !isUnverified {
            try links.check(
                turn, token: sent.token, channelUserId: sent.channelUserId, on: sent.channel, request: request)
        }
        try turn.checkNotErased(request.customerId)
        let count = request.count(sent.kind)
        let sentAt = turn.occurred(sent.sentAt ?? turn.envelope.time, notBefore: request.receivedAt)
        if turn.isStaffs { request.note(agentAct: sentAt) }
        turn.set(request, request.id)
        let message = RequestMessage(
            number: count.all, channel: sent.channel, kind: sent.kind, text: sent.text, attachments: sent.attachments,
            sentAt: sentAt, takenAt: turn.now, isUnverified: isUnverified ? true : nil)
        turn.append(MessageRow(message, of: request.id, messageId: turn.envelope.id))
        var order = turn.orderInForce(of: request, named)
        turn.emit(
            MessageAppended(
                requestId: request.id, requestNumber: request.number, workOrderId: order?.id,
                workOrderNumber: order?.number, customerId: request.customerId, message: message,
                reminders: count.reminders),
            about: ServiceRequest.self, request.id, story: order?.id ?? IntakeID.workOrder(of: request.id))
        if turn.isStaffs, let open = order { order = turn.note(agentAct: sentAt, on: open) }
        if sent.kind == .reminder, !isUnverified, var open = order, !open.status.isFinal,
            let step = EscalationRule.next(for: open, about: Self.reminder)
        {
            turn.escalate(
                &open, about: Self.reminder, step: step,
                reason: CodedReason(code: "customer-reminder", parameters: ["count": String(count.reminders)]))
            order = open
        }
        return MessageTaken(
            requestId: request.id, requestNumber: request.number, workOrderId: order?.id,
            workOrderNumber: order?.number, status: order?.status.rawValue ?? request.status.rawValue,
            messages: count.all, reminders: count.reminders)
    }

    /// What an escalation is about.
    static let reminder = "customer_reminder"
}

extension Turn {
    /// The order that a message names; nil where it names a request.
    fileprivate mutating func order(meantBy message: AppendMessage) throws(Refusal) -> WorkOrder? {
        guard message.requestId == nil else { return nil }
        let pointer = message.workOrderId == nil ? "/data/workOrderNumber" : "/data/workOrderId"
        let id =
            message.workOrderId
            ?? message.workOrderNumber.flatMap { get(LookupEntry.self, IntakeID.lookup("work-order:\($0)"))?.target }
        guard let order = id.flatMap({ get(WorkOrder.self, $0) }) else { throw .notFound(pointer, "work order") }
        return order
    }

    fileprivate mutating func request(
        meantBy message: AppendMessage, _ named: WorkOrder?
    ) throws(Refusal) -> ServiceRequest {
        guard let id = named?.requestId ?? message.requestId, let request = get(ServiceRequest.self, id) else {
            throw .notFound(named == nil ? "/data/requestId" : "/data/workOrderId", "request")
        }
        return request
    }

    fileprivate func isUnverifiedMail(_ sent: AppendMessage, _ request: ServiceRequest) -> Bool {
        guard channel == ReportChannel.mail, sent.token == nil, let sender = sent.channelUserId else { return false }
        return request.isMailed(from: sender)
    }

    /// The order on which a message is acted: that which it names, else its request's own, or what that goes on as.
    fileprivate mutating func orderInForce(of request: ServiceRequest, _ named: WorkOrder?) -> WorkOrder? {
        let first = named ?? (request.workOrderId ?? request.merge?.into).flatMap { get(WorkOrder.self, $0) }
        return first.map { orderInForce(since: $0) }
    }
}

extension CustomerLinks {
    /// A customer writes through the link by which he follows his request, or as the one who reported; what our own people
    /// write is theirs to say.
    func check(
        _ turn: Turn, token: String?, channelUserId: String?, on channel: String, request: ServiceRequest
    ) throws(Refusal) {
        guard turn.channel != nil || turn.envelope.authtype == "customer" else { return }
        if let token {
            guard follows(token, request.id) else {
                throw .forbidden("The link does not allow this", pointer: "/data/token")
            }
            return
        }
        guard let user = channelUserId, request.isReported(by: user, on: channel) else {
            throw .forbidden("Only the customer may do this", pointer: "/data/channelUserId")
        }
    }
}
