import DomainContracts
import Foundation
import ServiceKit

/// Says that an incomplete request is about an open order's fault. What was said in it goes to whoever works on the order.
struct MergeRequest: CommandHandler {
    func keys(_ command: MergeServiceRequest, _ keys: inout Keys) {
        keys.need(ServiceRequest.self, command.requestId)
        keys.needWorkOrder(command.intoWorkOrderId)
    }

    func decide(_ command: MergeServiceRequest, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var request = try turn.request(command.requestId, expectedVersion: command.expectedVersion)
        guard let order = turn.get(WorkOrder.self, command.intoWorkOrderId),
            var target = turn.get(ServiceRequest.self, order.requestId)
        else { throw .notFound("/data/intoWorkOrderId", "work order") }
        try turn.checkNotErased(request.customerId)
        guard request.status == .incomplete else {
            throw .conflict("request-not-incomplete", "The request is \(request.status.rawValue)")
        }
        guard !order.status.isFinal else {
            throw .conflict("target-not-open", "The work order to merge into is \(order.status.rawValue)")
        }
        // Its link shows the order, and its words are the order's from now on: both are one person's.
        guard turn.survivor(of: request.customerId) == turn.survivor(of: order.customerId) else {
            throw .conflict("request-of-another-customer", "The work order is another customer's")
        }
        let mergedAt = turn.occurred(command.occurredAt, notBefore: request.receivedAt)
        _ = request.apply(.merged)
        request.merge = MergeFacts(at: mergedAt, into: order.id)
        request.duplicates = nil
        turn.stopWatching(request)
        turn.set(request, request.id)
        turn.keepWords(of: request, in: &target, order)
        turn.emit(
            RequestMerged(
                requestId: request.id, requestNumber: request.number, customerId: request.customerId,
                contactId: request.contactId, workOrderId: order.id, workOrderNumber: order.number,
                reason: command.reason, mergedAt: mergedAt),
            about: ServiceRequest.self, request.id, story: IntakeID.workOrder(of: request.id))
        return turn.acknowledge(request)
    }
}

/// A merged request was about a fault of its own after all.
struct UnmergeRequest: CommandHandler {
    let links: CustomerLinks

    func keys(_ command: UnmergeServiceRequest, _ keys: inout Keys) {
        keys.need(ServiceRequest.self, command.requestId)
        keys.look(at: SLABook.self, SLABook.id)
    }

    func decide(_ command: UnmergeServiceRequest, _ turn: inout Turn) throws(Refusal) -> ReportAccepted {
        try Refusal.checkReason(command.reason)
        var request = try turn.request(command.requestId, expectedVersion: command.expectedVersion)
        guard request.merge != nil, request.apply(.unmergedIncomplete) else {
            throw .conflict(
                "not-merged-request", "The request is \(request.status.rawValue)",
                detail: request.workOrderId == nil ? nil : "it has a work order of its own, which unmerge takes apart")
        }
        try turn.checkNotErased(request.customerId)
        let into = request.merge?.into
        request.merge = nil
        // Somebody has decided about that one.
        request.dismissedDuplicates = (request.dismissedDuplicates ?? []) + [into].compactMap { $0 }
        request.incompleteWatch = nil
        turn.convertOrAsk(&request, turn.answerSheet(request.report))
        let order = request.workOrderId.flatMap { turn.get(WorkOrder.self, $0) }
        let version =
            order.map { turn.version(WorkOrder.self, $0.id) } ?? turn.version(ServiceRequest.self, request.id)
        return links.accepted(request, workOrder: order, version: version)
    }
}

/// An incomplete request is about another fault than what it names: the pair is shown no more.
struct DismissDuplicateOfRequest: CommandHandler {
    func keys(_ command: DismissRequestDuplicate, _ keys: inout Keys) {
        keys.need(ServiceRequest.self, command.requestId)
    }

    func decide(_ command: DismissRequestDuplicate, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard let other = command.otherWorkOrderId ?? command.otherRequestId,
            command.otherWorkOrderId == nil || command.otherRequestId == nil
        else {
            throw .invalid(
                "/data/otherWorkOrderId", "required", "exactly one of otherWorkOrderId and otherRequestId")
        }
        var request = try turn.request(command.requestId, expectedVersion: command.expectedVersion)
        let duplicates = request.duplicates ?? []
        guard request.status == .incomplete, duplicates.contains(where: { $0.other == other }) else {
            throw .conflict("no-probable-duplicate", "The request does not name the other as a probable duplicate")
        }
        let rest = duplicates.filter { $0.other != other }
        request.duplicates = rest.isEmpty ? nil : rest
        request.dismissedDuplicates = (request.dismissedDuplicates ?? []) + [other]
        turn.set(request, request.id)
        turn.note("duplicate-dismissed", about: ServiceRequest.self, request.id)
        return turn.acknowledge(request)
    }
}

extension Turn {
    /// The request that a command names, if it is as its sender saw it.
    mutating func request(_ id: UUID, expectedVersion: Int?) throws(Refusal) -> ServiceRequest {
        guard let request = get(ServiceRequest.self, id) else { throw .notFound("/data/requestId", "request") }
        try check(expectedVersion, of: ServiceRequest.self, id, "request")
        return request
    }

    mutating func acknowledge(_ request: ServiceRequest) -> Acknowledgement {
        Acknowledgement(
            subject: ServiceRequest.subject(request.id), version: version(ServiceRequest.self, request.id),
            status: request.status.rawValue)
    }

    /// Keeps what was said in a merged request as a message of the order; nothing where it said nothing.
    fileprivate mutating func keepWords(
        of merged: ServiceRequest, in target: inout ServiceRequest, _ order: WorkOrder
    ) {
        let report = merged.report
        guard report.problem != nil || !report.attachments.isEmpty else { return }
        let count = target.count(.addition)
        set(target, target.id)
        let message = RequestMessage(
            number: count.all, channel: report.channel, kind: .addition, text: report.problem,
            attachments: report.attachments, sentAt: merged.receivedAt, takenAt: now, mergedRequestId: merged.id)
        append(MessageRow(message, of: target.id, messageId: envelope.id))
        emit(
            MessageAppended(
                requestId: target.id, requestNumber: target.number, workOrderId: order.id,
                workOrderNumber: order.number, customerId: target.customerId, message: message,
                reminders: count.reminders),
            about: ServiceRequest.self, target.id, story: order.id)
    }
}
