import DomainContracts
import FoundationEssentials

/// Parts that an engineer asked for, for one work order. Its status follows from its lines.
struct PartRequest: Codable, Sendable, Equatable {
    let partRequestId: UUID
    let workOrderId: UUID
    let visitId: UUID
    let engineerId: UUID
    let neededAt: Date
    /// Who allowed it; nil while it waits.
    private(set) var approval: Approval?
    /// The depots were searched once: what is not reserved now is backordered.
    private(set) var isSearched = false
    /// Change lines through the acts below only, so that `status` follows.
    private(set) var lines: [PartRequestLine]
    /// Stands in the document for the table's check and the totals.
    private(set) var status: State

    enum Approval: String, Codable, Sendable { case withinLimit = "within_limit", storekeeper, deadline }

    init(
        partRequestId: UUID, workOrderId: UUID, visitId: UUID, engineerId: UUID, neededAt: Date,
        lines: [PartRequestLine]
    ) {
        self.partRequestId = partRequestId
        self.workOrderId = workOrderId
        self.visitId = visitId
        self.engineerId = engineerId
        self.neededAt = neededAt
        self.lines = lines
        status = .requested
        status = derivedStatus
    }

    /// Every line is reserved, issued, or done with.
    var isComplete: Bool { lines.allSatisfy { $0.reserved + $0.issued + $0.releasedUnissued >= $0.requested } }
    /// Each piece was consumed, returned or released.
    var isSettled: Bool { lines.allSatisfy { $0.open == 0 } }

    /// What the quantities say about the whole.
    var derivedStatus: State {
        let isIssued = lines.contains { $0.issued > 0 }
        if isSettled { return isIssued || lines.isEmpty ? .settled : .released }
        if approval == nil { return .requested }
        if isIssued { return .issued }
        if isComplete { return .reserved }
        return isSearched ? .backordered : .approved
    }

    mutating func approve(by approval: Approval) {
        self.approval = approval
        change { $0.isApproved = true }
    }

    mutating func allocate(_ pieces: Int, line lineId: UUID, at location: String) {
        change { if $0.lineId == lineId { $0.allocate(pieces, at: location) } }
    }

    /// Every depot was asked.
    mutating func noteSearched() {
        isSearched = true
        status = derivedStatus
    }

    mutating func issue() { change { $0.issueAll() } }

    /// Counts a use to a line of the same part.
    mutating func consume(_ pieces: Int, of partCode: String, line lineId: UUID?) {
        // Without a line, the first one of the part that still has pieces in the van is meant.
        let meant = lines.first {
            $0.partCode == partCode && (lineId == nil ? $0.inVan > 0 : $0.lineId == lineId)
        }
        guard let meant else { return }
        change { if $0.lineId == meant.lineId { $0.consume(pieces) } }
    }

    mutating func takeBack(_ pieces: Int, line lineId: UUID) {
        change { if $0.lineId == lineId { $0.takeBack(pieces) } }
    }

    mutating func releaseUnissued() { change { $0.releaseUnissued() } }

    mutating func releaseInVan() { change { $0.releaseInVan() } }

    private mutating func change(_ body: (inout PartRequestLine) -> Void) {
        for index in lines.indices { body(&lines[index]) }
        status = derivedStatus
    }

    var wire: PartRequestState {
        PartRequestState(
            partRequestId: partRequestId, workOrderId: workOrderId, visitId: visitId, engineerId: engineerId,
            status: PartRequestStatus(rawValue: status.rawValue), complete: isComplete, settled: isSettled,
            lines: lines.map(\.wire))
    }
}
