import DomainContracts
import FoundationEssentials

extension OrderView {
    /// As people are shown it. Offers that came to nothing are left out.
    ///
    /// - Parameter names: engineers' names by id.
    func overview(names: [UUID: String]) -> WorkOrderOverview {
        var overview = WorkOrderOverview(
            workOrderId: workOrderId, isOpen: isOpen,
            clocks: clocks.values.compactMap { $0?.value }.sorted { $0.clock.rawValue < $1.clock.rawValue },
            visits: visits.compactMap { id, visit in UUID(uuidString: id).flatMap { visit.overview($0, names) } }
                .sorted { ($0.begin, $0.visitId) < ($1.begin, $1.visitId) },
            estimates: estimates.compactMap { id, estimate in UUID(uuidString: id).flatMap(estimate.overview) }
                .sorted { ($0.at, $0.estimateId) < ($1.at, $1.estimateId) },
            charge: charge,
            surveys: surveys.values.sorted { ($0.answeredAt, $0.surveyId) < ($1.answeredAt, $1.surveyId) },
            followUps: followUps.values.sorted { $0.followUpId < $1.followUpId }, disputes: disputesInOrder)
        if let origin = origin?.value {
            overview.workOrderNumber = origin.workOrderNumber
            overview.requestId = origin.requestId
            overview.customerId = origin.customerId
            overview.contactId = origin.contactId
            overview.siteId = origin.siteId
            overview.deviceId = origin.deviceId
            overview.receivedAt = origin.receivedAt
            overview.channel = origin.channel
            overview.serviceType = origin.serviceType
            overview.priority = origin.priority
            overview.problem = origin.problem
            overview.entitlement = origin.entitlement
            overview.contractNumber = origin.contractNumber
            overview.entitlementClauses = origin.entitlementClauses
            overview.reworkOf = origin.reworkOf
        }
        // What was decided last holds, with all that was granted before.
        if let last = disputesInOrder?.filter(\.isGranted).max(by: { $0.end < $1.end }) {
            overview.entitlement = last.entitlement.kind
            overview.contractNumber = last.entitlement.contractNumber
            overview.entitlementClauses = last.entitlement.clauses
        }
        if let standing = standing?.value {
            overview.status = standing.status
            overview.responsible = standing.responsible
            overview.outcome = standing.outcome
            overview.closureCode = standing.closureCode
            overview.closedAt = standing.closedAt
            overview.impasse = present(impasse?.value, standing)
        }
        return overview
    }

    /// Why nobody may go, while somebody is needed, of this round, and as long as nobody was asked since.
    private func present(_ impasse: DispatchImpasse?, _ standing: OrderStanding) -> DispatchImpasse? {
        guard let impasse, standing.status == .pendingDispatch, impasse.round >= standing.round ?? 0 else { return nil }
        let isOver = lastOfferedAt.map { offered in impasse.decidedAt.map { $0 <= offered } ?? false } ?? false
        return isOver ? nil : impasse
    }

    private var disputesInOrder: [DisputeOverview]? {
        disputes?.values.compactMap { $0?.value }.sorted { ($0.openedAt, $0.disputeId) < ($1.openedAt, $1.disputeId) }
    }

    private var isOpen: Bool { standing.map { !OrderStanding.ends.contains($0.value.status) } ?? true }

    private var charge: ChargeOverview? {
        if bill == nil && settlement == nil && credits == nil { return nil }
        var charge = ChargeOverview(lines: bill?.value.lines ?? [])
        charge.billNumber = bill?.value.number
        charge.total = settlement?.value.total ?? bill?.value.total
        charge.paid = settlement?.value.paid
        charge.balance = settlement?.value.balance
        charge.charge = settlement?.value.charge
        charge.payment = settlement?.value.payment
        charge.invoice = settlement?.value.invoice
        charge.hold = settlement?.value.hold
        charge.creditNotes = credits
        return charge
    }
}

extension DisputeOverview {
    fileprivate var isGranted: Bool { status == .upheld || status == .partlyUpheld }
    fileprivate var end: Date { endedAt ?? .distantPast }
}

extension VisitView {
    private static let toNothing: Set<AssignmentStatus> = [.declined, .expired, .withdrawn]

    /// Nil for an offer that came to nothing.
    fileprivate func overview(_ id: UUID, _ names: [UUID: String]) -> VisitOverview? {
        if status == nil, let assignment, Self.toNothing.contains(assignment.value) { return nil }
        var overview = VisitOverview(
            visitId: id, engineerId: engineerId, helperIds: ending?.value.helperIds ?? crew?.value ?? [],
            findings: findings.values.sorted { ($0.recordedAt, $0.findingId) < ($1.recordedAt, $1.findingId) },
            partsUsed: partsUsed.values.sorted { ($0.usedAt, $0.usageId) < ($1.usedAt, $1.usageId) })
        overview.engineerName = engineerId.flatMap { names[$0] }
        overview.assignment = assignment?.value
        overview.status = status?.value
        overview.window = window?.value
        overview.planned = plan?.value.planned
        overview.departedAt = departedAt?.value
        overview.checkedInAt = checkedInAt?.value
        overview.startedAt = startedAt?.value
        if let ending = ending?.value {
            overview.endedAt = ending.endedAt
            overview.endReason = ending.reason
            overview.outcome = ending.outcome
            overview.workMinutes = ending.workMinutes
            overview.travelMinutes = ending.travelMinutes
            overview.reportNumber = ending.reportNumber
        }
        return overview
    }
}

extension VisitOverview {
    /// What is not known to begin comes last.
    fileprivate var begin: Date { departedAt ?? checkedInAt ?? startedAt ?? window?.start ?? .distantFuture }
}

extension EstimateView {
    fileprivate func overview(_ id: UUID) -> EstimateOverview? {
        progress.map { progress in
            EstimateOverview(
                estimateId: id, status: progress.value.status, decision: decision?.value, total: total?.value,
                at: progress.value.at)
        }
    }
}
