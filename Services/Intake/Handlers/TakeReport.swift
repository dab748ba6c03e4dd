import DomainContracts
import Foundation
import ServiceKit

/// Takes a report: it becomes a work order, or an incomplete request. The same message again gets the present answer,
/// for ever.
struct TakeReport: CommandHandler {
    let links: CustomerLinks

    var remembersForEver: Bool { true }

    func keys(_ command: ReportRepair, _ keys: inout Keys) {
        let report = CheckedReport(command).report
        let lookups =
            LookupKey.customer(report.customer, channel: report.channel) + LookupKey.device(report.device)
            + LookupKey.reporter(report.customer, channel: report.channel)
        keys.need(LookupEntry.self, lookups.map(IntakeID.lookup))
        let contracts = LookupKey.contracts(
            customerNumber: report.customer?.customerNumber, serialNumber: report.device?.serialNumber)
        keys.need(ContractIndex.self, contracts.map(IntakeID.contractIndex))
        keys.look(at: SLABook.self, SLABook.id)
        if let device = report.device, let model = device.model {
            keys.look(at: ProductModel.self, IntakeID.productModel(brand: device.brand, model: model))
        }
        if let type = report.serviceType { keys.look(at: QuestionnaireInForce.self, IntakeID.questionnaire(type)) }
    }

    func decide(_ command: ReportRepair, _ turn: inout Turn) throws(Refusal) -> ReportAccepted {
        try turn.checkChannel(command.channel)
        let checked = CheckedReport(command, at: turn.now)
        let report = checked.report
        let sheet = turn.answerSheet(report)
        if let refusal = Refusal.invalid(checked.errors + sheet.problems) { throw refusal }
        let id = IntakeID.request(source: turn.envelope.source, id: turn.envelope.id)
        if let answer = answer(id, &turn) { return answer }
        let customer = turn.knownCustomer(in: report)
        guard report.namesWayToReach || customer != nil || turn.knownDevice(in: report) != nil else {
            throw .invalid(
                "/data/customer", "unreachable", "names neither a way to reach the customer nor a device we know")
        }
        let isByUs = turn.channel == nil
        let isHimself = customer?.match.isHimself(on: report.channel, byUs: isByUs) == true
        let parties = turn.settleParties(
            report, request: id, customer: customer,
            vouched: Vouched(isHimself: isHimself, contact: isHimself || isByUs, place: isHimself || isByUs),
            story: IntakeID.workOrder(of: id))
        var request = ServiceRequest(
            id: id,
            number: ReadableNumber.make("SR", at: turn.now, sequence: turn.nextNumber("service_request_number")),
            report: report, receivedAt: turn.occurred(report.reportedAt ?? turn.envelope.time), parties: parties)
        turn.convertOrAsk(&request, sheet)
        return answer(id, &turn) ?? accepted(request, workOrder: nil, version: 1)
    }

    func answerAgain(_ command: ReportRepair, _ turn: inout Turn) -> ReportAccepted? {
        answer(IntakeID.request(source: turn.envelope.source, id: turn.envelope.id), &turn)
    }

    func recordRefusal(_ refused: RefusedMessage, _ turn: inout Turn) {
        // Somebody who said the same thing twice with other words was taken the first time.
        guard refused.problem.code != "idempotency-mismatch" else { return }
        let said = ReportRejection.said(in: refused.body)
        let channel =
            turn.channel ?? refused.routingKey.split(separator: ".").dropFirst(2).last.map(String.init)
            ?? said.channel ?? "unknown"
        let rejection = ReportRejection(refused, channel: channel, at: turn.now, externalId: said.externalId)
        turn.append(rejection)
        turn.emit(
            ReportRepairRejected(
                channel: channel, externalId: rejection.externalId, messageId: refused.messageId,
                problem: refused.problem),
            subject: "report/\(refused.messageId)", lastWord: channel)
    }

    private func answer(_ id: UUID, _ turn: inout Turn) -> ReportAccepted? {
        guard let request = turn.get(ServiceRequest.self, id) else { return nil }
        let order = request.workOrderId.flatMap { turn.get(WorkOrder.self, $0) }
        let version = order.map { turn.version(WorkOrder.self, $0.id) } ?? turn.version(ServiceRequest.self, id)
        return accepted(request, workOrder: order, version: version)
    }

    private func accepted(_ request: ServiceRequest, workOrder: WorkOrder?, version: Int) -> ReportAccepted {
        links.accepted(request, workOrder: workOrder, version: version)
    }
}

extension CustomerLinks {
    /// What was made of a report, with the link by which it is followed.
    func accepted(_ request: ServiceRequest, workOrder: WorkOrder?, version: Int) -> ReportAccepted {
        ReportAccepted(
            requestId: request.id, requestNumber: request.number, workOrderId: workOrder?.id,
            workOrderNumber: workOrder?.number, status: workOrder?.status.rawValue ?? request.status.rawValue,
            version: version, link: follow(request.id))
    }
}

extension ReportRepair {
    /// One way to reach somebody about it.
    var namesWayToReach: Bool {
        customer?.phone != nil || customer?.email != nil || customer?.channelUserId != nil || contact?.phone != nil
    }
}

extension Turn {
    /// The routing key's last word is the authority: the broker lets an adapter write only its own. A key without one is our own
    /// people's alone, who name the channel on which the customer spoke to them.
    ///
    /// - Parameter said: the channel that the message names.
    func checkChannel(_ said: String) throws(Refusal) {
        let isItsOwn = channel.map { $0 == said } ?? (envelope.authtype == "user")
        guard isItsOwn, envelope.source == "/adapters/\(said)" else {
            throw .forbidden(
                "The channel, the source and the routing key's last word must say the same", pointer: "/data/channel")
        }
    }

    /// Opens the request's work order, or says what is missing.
    ///
    /// - Parameter sheet: the request's answers beside what is asked.
    mutating func convertOrAsk(_ request: inout ServiceRequest, _ sheet: AnswerSheet) {
        request.questionnaireVersion = sheet.questionnaireVersion
        request.missing = MissingMembers.of(request.report, siteKnown: request.siteId != nil) + sheet.missing
        if request.missing.isEmpty {
            stopWatching(request)
            _ = openWorkOrder(for: &request)
            set(request, request.id)
            index(request.searchEntry, request.id)
            note("converted", about: ServiceRequest.self, request.id)
            return
        }
        _ = request.apply(.foundIncomplete)
        findDuplicates(of: &request)
        set(request, request.id)
        index(request.searchEntry, request.id)
        watch(&request)
        emit(
            request.toldIncomplete(), about: ServiceRequest.self, request.id, story: IntakeID.workOrder(of: request.id))
    }
}
