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

    /// What the quantities say about the whole. Where a piece was used before the rest was issued, the rest decides.
    var derivedStatus: State {
        let isIssued = lines.contains { $0.issued > 0 }
        if isSettled { return isIssued || lines.isEmpty ? .settled : .released }
        if approval == nil { return .requested }
        if isComplete { return lines.contains { $0.reserved > 0 } ? .reserved : .issued }
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

    /// How a use counts to the request.
    struct Use: Sendable, Equatable {
        /// Of what was issued, in the van of the request's engineer.
        var fromVan = 0
        /// Of what was only set aside: whoever fitted it had been handed it before anybody booked that.
        var handedOut: [PartRequestLine.Allocation] = []
    }

    /// The code of the part that a use means: its line's, where he who wrote it differs in case or spaces only.
    func partCode(meantBy code: String, line lineId: UUID?) -> String {
        func letters(_ code: String) -> String { code.filter { !$0.isWhitespace }.lowercased() }
        let line = lines.first { $0.lineId == lineId && letters($0.partCode) == letters(code) }
        return line?.partCode ?? code
    }

    /// Counts a use to a line of the same part.
    @discardableResult
    mutating func consume(_ pieces: Int, of partCode: String, line lineId: UUID?) -> Use {
        // Without a line, the first one of the part that still has pieces in the van is meant.
        let meant = lines.first {
            $0.partCode == partCode && (lineId == nil ? $0.inVan > 0 : $0.lineId == lineId)
        }
        var use = Use()
        guard let meant else { return use }
        change { if $0.lineId == meant.lineId { use = $0.consume(pieces) } }
        return use
    }

    /// Counts a return to a line.
    ///
    /// - Returns: how many pieces go to which depot.
    @discardableResult
    mutating func takeBack(_ pieces: Int, line lineId: UUID) -> [PartRequestLine.Allocation] {
        var depots: [PartRequestLine.Allocation] = []
        change { if $0.lineId == lineId { depots = $0.takeBack(pieces) } }
        return depots
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
