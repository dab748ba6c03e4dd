import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting

@testable import Billing

/// A small billing counter in memory: one order, one engineer, and short words for what happens to them.
struct Counter {
    static let order = UUID(uuid: (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
    static let visit = UUID(uuid: (2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2))
    static let engineer = UUID(uuid: (3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3))
    static let links = LinkSigner(secret: String(repeating: "s", count: 32))
    static let nothing = Cover(labour: false, parts: false, travel: false)
    static let everything = Cover(labour: true, parts: true, travel: true)

    var bench = DeciderBench(.billing)
    var policy = BillingPolicy()
    var door: CustomerDoor { CustomerDoor(links: Self.links, realNow: { Date(timeIntervalSince1970: 0) }) }

    mutating func open(
        _ cover: Cover = nothing, order: UUID = order, kind: EntitlementKind = .none, reworkOf: UUID? = nil,
        clauses: [EntitlementClause]? = nil
    ) throws {
        let event = WorkOrderOpened(
            workOrderId: order, workOrderNumber: "WO-1", requestId: UUID(), status: .qualified,
            receivedAt: bench.now, channel: "wechat", customerId: UUID(), contactId: UUID(), serviceType: .repair,
            serviceMode: .onSite, priority: .p3, problem: "漏油",
            entitlement: Entitlement(
                kind: kind, cover: cover, responseLevel: .standard, reason: CodedReason(code: "test"),
                clauses: clauses),
            reworkOf: reworkOf, language: "zh-Hans")
        try bench.receive(event, by: OpenOrderAccount(policy: policy), story: order)
    }

    /// - Returns: the estimate's id, or nil when the finding waits for its order.
    @discardableResult
    mutating func find(
        minutes: Int = 60, parts: [(code: String, quantity: Int)] = [], misuse: Bool = false, order: UUID = order,
        finding: UUID = UUID(), problem: String = "P1", visit: UUID = visit
    ) throws -> UUID? {
        let event = FindingRecorded(
            findingId: finding, visitId: visit, workOrderId: order, engineerId: Self.engineer,
            problemCode: problem, misuse: misuse, estimatedMinutes: minutes,
            plannedParts: parts.map { PlannedPart(partCode: $0.code, quantity: $0.quantity) }, recordedAt: bench.now)
        let outcome = try bench.receive(event, by: EstimateFinding(policy: policy), story: order)
        return outcome == .applied ? BillingID.estimate(forFinding: finding) : nil
    }

    @discardableResult
    mutating func need(_ parts: [(code: String, quantity: Int)], request: UUID = UUID()) throws -> UUID {
        let event = PartsNeeded(
            partRequestId: request, visitId: Self.visit, workOrderId: Self.order, workOrderNumber: "WO-1",
            engineerId: Self.engineer, reason: .missing,
            lines: parts.map { RequestedPart(lineId: UUID(), partCode: $0.code, quantity: $0.quantity) },
            neededAt: bench.now)
        try bench.receive(event, by: EstimatePartRequest(policy: policy), story: Self.order)
        return request
    }

    /// Inventory tells of a request for these pieces, of which so many came back or were given up.
    mutating func hear(
        of request: UUID, _ requested: Int = 1, _ part: String = "PUMP", returned: Int = 0, released: Int = 0,
        consumed: Int = 0
    ) throws {
        let isSettled = returned + released + consumed == requested
        let line = PartRequestLineState(
            lineId: UUID(), partCode: part, requested: requested, approved: requested, reserved: 0, issued: requested,
            consumed: consumed, returned: returned, released: released)
        let state = PartRequestState(
            partRequestId: request, workOrderId: Self.order, visitId: Self.visit, engineerId: Self.engineer,
            status: isSettled ? .settled : .issued, complete: true, settled: isSettled, lines: [line])
        try bench.receive(
            PartsReturned(request: state, occurredAt: bench.now), by: NoteReturnedParts(policy: policy),
            story: Self.order)
    }

    /// A part went into the device, and stock moved for it.
    @discardableResult
    mutating func use(
        _ part: String = "PUMP", _ quantity: Int = 1, cost: Int = 100, order: UUID = order, usage: UUID = UUID(),
        movesStock: Bool = true
    ) throws -> UUID {
        let event = PartUsed(
            usageId: usage, visitId: Self.visit, workOrderId: order, engineerId: Self.engineer, partCode: part,
            quantity: quantity, usedAt: bench.now)
        try bench.receive(event, by: ChargeUsedPart(policy: policy), story: order)
        if movesStock { try move(.consumed, -quantity, worth: -cost, causeId: usage, order: order) }
        return usage
    }

    @discardableResult
    mutating func move(
        _ cause: StockMovementCause, _ quantity: Int, worth: Int, part: String = "PUMP", causeId: UUID = UUID(),
        order: UUID? = nil, at: Date? = nil
    ) throws -> EventOutcome {
        let event = StockMoved(
            movementId: UUID(), partCode: part, locationCode: "depot/main", quantity: quantity, cause: cause,
            causeId: causeId, value: Money(worth, "CNY"), onHand: 0, reserved: 0, workOrderId: order,
            movedAt: at ?? bench.now)
        return try bench.receive(event, by: PostStockMovement(policy: policy), story: order)
    }

    mutating func end(
        _ reason: VisitEndReason = .workDone, minutes: Int = 60, travel: Int = 30, usages: [UUID] = [],
        requests: [UUID] = [], helpers: [UUID]? = nil, order: UUID = order, visit: UUID = visit
    ) throws {
        let event = VisitEnded(
            visitId: visit, workOrderId: order, workOrderNumber: "WO-1", engineerId: Self.engineer, reason: reason,
            endedAt: bench.now, workMinutes: minutes, travelMinutes: travel,
            partsUsed: usages.map { PartUse(usageId: $0, partCode: "PUMP", quantity: 1) }, partRequestIds: requests,
            helperIds: helpers)
        try bench.receive(event, by: ChargeEndedVisit(policy: policy), story: order)
    }

    mutating func confirm(order: UUID = order, visit: UUID = visit) throws {
        let event = CompletionConfirmed(
            workOrderId: order, workOrderNumber: "WO-1", visitId: visit, reportId: UUID(), how: .customer,
            confirmedAt: bench.now)
        try bench.receive(event, by: ConfirmCharge(policy: policy), story: order)
    }

    mutating func close(
        _ status: WorkOrderStatus, order: UUID = order, visits: Int = 1, remotely: Bool = false,
        sequence: Int = 1
    ) throws {
        let event = WorkOrderClosed(
            workOrderId: order, workOrderNumber: "WO-1", status: status, closureCode: .followUp,
            closedAt: bench.now,
            figures: WorkOrderFigures(
                receivedAt: bench.now, pausedSeconds: 0, visits: visits, reachedInProgress: visits > 0,
                resolvedRemotely: remotely, rework: false, serviceType: .repair))
        try bench.receive(event, by: EndOrderAccount(policy: policy), story: order, sequence: sequence)
    }

    @discardableResult
    mutating func accept(_ estimate: UUID) throws -> Acknowledgement {
        try bench.send(AcceptQuote(estimateId: estimate), to: TakeAcceptedQuote(policy: policy, door: door))
    }

    @discardableResult
    mutating func refuse(_ estimate: UUID) throws -> Acknowledgement {
        try bench.send(RefuseQuote(estimateId: estimate), to: TakeRefusedQuote(policy: policy, door: door))
    }

    @discardableResult
    mutating func pay(
        _ amount: Int, _ method: PaymentMethod = .wechat, order: UUID = order, payment: UUID = UUID(),
        at: Date? = nil
    ) throws -> Acknowledgement {
        try bench.send(
            RecordPayment(
                paymentId: payment, workOrderId: order, amount: Money(amount, "CNY"), method: method,
                reference: "R1", occurredAt: at),
            to: BookPayment(policy: policy))
    }

    @discardableResult
    mutating func collect(
        _ amount: Int, _ method: PaymentMethod = .cash, order: UUID = order, payment: UUID = UUID()
    ) throws -> Acknowledgement {
        try bench.send(
            CollectPayment(
                paymentId: payment, workOrderId: order, engineerId: Self.engineer, amount: Money(amount, "CNY"),
                method: method),
            to: BookCollectedPayment(policy: policy))
    }

    @discardableResult
    mutating func remit(_ amount: Int, remittance: UUID = UUID()) throws -> Acknowledgement {
        try bench.send(
            RemitCash(remittanceId: remittance, engineerId: Self.engineer, amount: Money(amount, "CNY")),
            to: BookRemittance(policy: policy))
    }

    /// A tax invoice; one that corrects another is a red-letter one where nothing else is said.
    @discardableResult
    mutating func invoice(
        _ number: String, amount: Int = 17_000, corrects: String? = nil, kind: TaxInvoiceKind? = nil,
        order: UUID = order, tax: Int? = nil, issuedAt: Date? = nil
    ) throws -> Acknowledgement {
        try bench.send(
            RecordTaxInvoice(
                workOrderId: order, invoiceNumber: number, kind: kind ?? (corrects == nil ? .blue : .redLetter),
                corrects: corrects, amount: Money(amount, "CNY"), tax: tax.map { Money($0, "CNY") }, issuedAt: issuedAt),
            to: RecordATaxInvoice(policy: policy))
    }

    func account(_ order: UUID = order) -> OrderAccount? { bench.state(OrderAccount.self, order) }
    func estimate(_ id: UUID?) -> Estimate? { id.flatMap { bench.state(Estimate.self, $0) } }
    var entries: [LedgerEntryPosted] { bench.all(LedgerEntryPosted.self) }
    var prepared: [EstimatePrepared] { bench.all(EstimatePrepared.self) }
    var finals: [ChargeFinal] { bench.all(ChargeFinal.self) }
    var settlement: SettlementChanged? { bench.last(SettlementChanged.self) }

    /// Debits less credits of an account; minor units.
    func balance(_ account: String) -> Int {
        entries.flatMap(\.lines).filter { $0.account == account }
            .reduce(0) { $0 + ($1.side == .debit ? $1.money.amount : -$1.money.amount) }
    }
}
