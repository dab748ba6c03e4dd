import DomainContracts
import FoundationEssentials

/// What one work order costs and earns: everything its estimates, its charge and its payments depend on.
struct OrderAccount: Codable, Sendable, Equatable {
    /// A part that went into the device.
    struct Usage: Codable, Sendable, Equatable {
        let usageId: UUID
        let partCode: String
        let quantity: Int
    }

    /// A visit that ended, and what an hour of its engineer cost then.
    struct VisitWork: Codable, Sendable, Equatable {
        let visitId: UUID
        let engineerId: UUID
        let workMinutes: Int
        let travelMinutes: Int
        let hourlyCost: Int
        let hadAccess: Bool
        var isPosted = false
        /// What an hour of each helper costs; nil as none.
        var helperHourlyCosts: [Int]?

        /// Minutes of work that the customer pays: each who worked.
        var labourMinutes: Int { workMinutes * (1 + (helperHourlyCosts?.count ?? 0)) }
        /// All of them work and travel as long as the engineer does.
        var cost: Int {
            divideHalfEven(
                (workMinutes + travelMinutes) * (hourlyCost + (helperHourlyCosts?.reduce(0, +) ?? 0)), by: 60)
        }
    }

    /// The charge once it is final.
    struct Bill: Codable, Sendable, Equatable {
        let number: String?
        let lines: [ChargeLine]
        let total: Int
        let tax: Int
        let cost: Int
        let finalAt: Date
    }

    let workOrderId: UUID
    let workOrderNumber: String
    let currency: String
    private(set) var cover: Cover
    /// What frees a covered line from charge, for people: contract number, `warranty`, `rework`.
    private(set) var coveredBy: String
    /// Where several clauses decided, what frees each matter; nil as `coveredBy`.
    private(set) var coveredByMatter: [String: String]?
    private(set) var charge = ChargeState.notChargeable
    /// What was found, in the order in which it was heard; nil as nothing.
    private(set) var findings: [Finding]?
    /// The newest finding of an account of before they were kept.
    private(set) var plan: Finding?
    /// Unit prices as the order first saw them: a later receipt changes no price the customer was told.
    var prices: [String: Int] = [:]
    /// Pieces asked for, by part request, without those that were returned, given up, or not wanted at their price.
    var requested: [UUID: [PlannedPart]] = [:]
    /// Part requests, and whether nothing of them is open any more.
    var requests: [UUID: Bool] = [:]
    var usages: [Usage] = []
    /// What each usage cost us, once stock has moved for it; minor units.
    var usageCosts: [UUID: Int] = [:]
    /// Usages that ended visits list.
    var expectedUsages: [UUID] = []
    var visits: [VisitWork] = []
    var openEstimateId: UUID?
    /// The highest total the customer said yes to.
    private(set) var acceptedTotal: Int?
    /// What it was made of; nil on accounts of before it was kept.
    private(set) var acceptedLines: [ChargeLine]?
    /// The highest own cost our approver said yes to.
    var approvedCost = 0
    /// The visit whose report was confirmed.
    var confirmedVisitId: UUID?
    var isConfirmed = false
    /// Of the newest closing: one that was told before it is old news.
    var closedSequence: Int?
    private(set) var voidedAt: Date?
    private(set) var bill: Bill?
    /// Received and not given back, minor units.
    private(set) var paid = 0
    private(set) var refunded = 0
    /// What is free although misuse was found; nil: nothing is.
    var coverDespiteMisuse: Cover?
    /// By the dispute's id; nil as none.
    var disputes: [String: DisputeNews]?
    /// Nil on accounts of before it was summed up.
    var expensed: Expensed?
    /// Beside the bill, the oldest first; nil as none.
    var creditNotes: [CreditNote]?
    /// What they come to, minor units; nil as nothing.
    var credited: Int?
    /// The oldest first; nil as none.
    var taxInvoices: [IssuedInvoice]?
    /// The lines as they were rated last, where that is not as they were billed.
    var ratedLines: [ChargeLine]?

    init(
        workOrderId: UUID, workOrderNumber: String, currency: String, cover: Cover, coveredBy: String,
        clauses: [EntitlementClause]? = nil
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.currency = currency
        self.cover = cover
        self.coveredBy = coveredBy
        coveredByMatter = Self.names(clauses)
        expensed = Expensed()
    }

    /// The cover that counts: misuse found on site voids it, unless that was disputed with success.
    var effectiveCover: Cover { isMisused == true ? coverDespiteMisuse ?? .nothing : cover }

    /// The most that may be charged: what the customer said yes to, without what of it is covered by now. That money was
    /// for those things, and pays for no other.
    var acceptedLimit: Int? {
        acceptedTotal.map { total in
            let covered = (acceptedLines ?? []).filter { isCovered($0.kind) }
            return max(0, total - covered.reduce(0) { $0 + $1.amount.amount })
        }
    }

    /// The customer said yes.
    mutating func accept(_ total: Int, _ lines: [ChargeLine]) {
        guard total >= acceptedLimit ?? 0 else { return }
        acceptedTotal = total
        acceptedLines = lines
    }

    /// Covers more than before.
    mutating func widen(to wider: Cover, by clause: String, clauses: [EntitlementClause]?) {
        cover = wider
        coveredBy = clause
        coveredByMatter = Self.names(clauses)
    }

    /// Moves the charge track.
    ///
    /// - Returns: whether it moved.
    @discardableResult
    mutating func move(_ event: ChargeEvent, at date: Date) -> Bool {
        guard let next = Self.next(charge, event) else { return false }
        charge = next
        voidedAt = next == .void ? date : nil
        return true
    }

    /// Keeps a finding; once the charge is final it changes nothing any more.
    mutating func record(_ finding: Finding) {
        guard charge != .final else { return }
        // The one before them described the job as long as no other did.
        if let old = plan, old.recordedAt <= finding.recordedAt { plan = nil }
        findings = (findings ?? []) + [finding]
    }

    /// The customer, or our approver, does not want what these findings and part requests ask for at its price.
    mutating func giveUp(findings ids: Set<UUID>, requests: Set<UUID>) {
        for index in (findings ?? []).indices where findings?[index].findingId.map(ids.contains) == true {
            findings?[index].isGivenUp = true
        }
        for id in requests { requested[id] = nil }
    }

    mutating func receive(_ amount: Int) { paid += amount }

    /// Gives back all that was paid.
    ///
    /// - Returns: how much that is.
    mutating func refundAll() -> Int {
        let amount = paid
        refunded += amount
        paid = 0
        return amount
    }

    /// Gives back a part of what was paid.
    mutating func giveBack(_ amount: Int) {
        paid -= amount
        refunded += amount
    }

    /// Everything that the charge waits for is here.
    var isReadyForCharge: Bool {
        isConfirmed && charge != .final && charge != .void && hold == nil
            && confirmedVisitId.map { id in visits.contains { $0.visitId == id } } != false
            && expectedUsages.allSatisfy { id in usages.contains { $0.usageId == id } }
            && usages.allSatisfy { $0.quantity <= 0 || usageCosts[$0.usageId] != nil }
            && requests.values.allSatisfy { $0 }
    }

    mutating func finalise(_ bill: Bill) {
        guard move(.finalised, at: bill.finalAt) else { return }
        self.bill = bill
        openEstimateId = nil
    }
}
