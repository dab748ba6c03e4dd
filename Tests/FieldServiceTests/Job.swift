import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting

@testable import FieldService

/// One work order and its visit, with the acts of a day in short form.
struct Job {
    var bench = DeciderBench(.fieldService)
    let order = UUID(derivedFrom: "order", in: UUID.nameless)
    /// Whose acts follow.
    var visit = UUID(derivedFrom: "visit", in: UUID.nameless)
    let engineer = UUID(derivedFrom: "engineer", in: UUID.nameless)
    static let links = LinkSigner(secret: "a secret of at least thirty-two bytes")
    let door = CustomerDoor(links: Job.links, realNow: { Date(timeIntervalSince1970: 1_000) })

    var start: Date { Date(timeIntervalSince1970: 1_795_000_000) }
    var window: TimeWindow { TimeWindow(start: start + 3600, end: start + 3 * 3600) }

    mutating func open() throws {
        try bench.receive(Samples.opened(order, at: bench.now), by: KeepOpenedOrder(), story: order)
    }

    func accepted(_ id: UUID? = nil, round: Int = 1) -> AssignmentAccepted {
        AssignmentAccepted(
            assignmentId: id ?? visit, workOrderId: order, workOrderNumber: "WO-20261121-000001", engineerId: engineer,
            round: round, proposedWindow: window, acceptedAt: start)
    }

    func booked(_ window: TimeWindow? = nil, rebooked: Bool = false, _ id: UUID? = nil) -> AssignmentBooked {
        AssignmentBooked(
            assignmentId: id ?? visit, workOrderId: order, workOrderNumber: "WO-20261121-000001", engineerId: engineer,
            round: 1, window: window ?? self.window, originalWindow: self.window, rebooked: rebooked,
            initiatedBy: .customer, bookedAt: start)
    }

    /// To be there so many hours after the window begins.
    func plan(_ hours: Double) -> AssignmentPlanned {
        let begins = window.start + hours * 3600
        return AssignmentPlanned(
            assignmentId: visit, workOrderId: order, workOrderNumber: "WO-20261121-000001", engineerId: engineer,
            round: 1, window: window, planned: TimeWindow(start: begins, end: begins + 3600), plannedAt: start)
    }

    var planned: TimeWindow? { bench.state(Visit.self, visit)?.planned }

    func withdrawn(_ id: UUID? = nil, round: Int = 1) -> AssignmentWithdrawn {
        AssignmentWithdrawn(
            assignmentId: id ?? visit, workOrderId: order, workOrderNumber: "WO-20261121-000001", engineerId: engineer,
            round: round, reason: .reassigned, withdrawnAt: start)
    }

    mutating func schedule() throws {
        try open()
        try bench.receive(accepted(), by: PlanAcceptedVisit(), story: order)
        try bench.receive(booked(), by: ScheduleBookedVisit(), story: order, sequence: 3)
    }

    mutating func work() throws {
        try schedule()
        bench.now = window.start
        try depart()
        try checkIn()
        try begin()
    }

    @discardableResult
    mutating func depart() throws -> Acknowledgement {
        try bench.send(DepartForVisit(visitId: visit, engineerId: engineer), to: DepartToVisit())
    }

    @discardableResult
    mutating func checkIn(occurredAt: Date? = nil, position: Coordinates? = nil) throws -> Acknowledgement {
        try bench.send(
            CheckIn(visitId: visit, engineerId: engineer, position: position, occurredAt: occurredAt),
            to: CheckInOnSite())
    }

    @discardableResult
    mutating func begin() throws -> Acknowledgement {
        try bench.send(StartWork(visitId: visit, engineerId: engineer), to: StartWorkOnVisit())
    }

    @discardableResult
    mutating func find(_ finding: UUID, problem: String = "leak") throws -> Acknowledgement {
        try bench.send(
            RecordFinding(
                findingId: finding, visitId: visit, engineerId: engineer, problemCode: problem, misuse: false,
                estimatedMinutes: 60, plannedParts: [PlannedPart(partCode: "valve", quantity: 1)]),
            to: RecordWhatWasFound())
    }

    @discardableResult
    mutating func use(_ usage: UUID, quantity: Int = 1, code: String = "valve") throws -> Acknowledgement {
        try bench.send(
            UsePart(usageId: usage, visitId: visit, engineerId: engineer, partCode: code, quantity: quantity),
            to: UsePartOnVisit())
    }

    mutating func use(_ usage: UUID, ofRequest request: UUID) throws {
        try bench.send(
            UsePart(
                usageId: usage, visitId: visit, engineerId: engineer, partCode: "compressor", quantity: 1,
                partRequestId: request, lineId: id("line")),
            to: UsePartOnVisit())
    }

    @discardableResult
    mutating func end(
        _ reason: VisitEndReason, outcome: Outcome? = nil, skills: [SkillLevel] = [], resumeOn: Date? = nil,
        work: Int = 60, travel: Int = 30, occurredAt: Date? = nil
    ) throws -> Acknowledgement {
        try bench.send(
            EndVisit(
                visitId: visit, engineerId: engineer, reason: reason, outcome: outcome, workMinutes: work,
                travelMinutes: travel, requiredSkills: skills, resumeOn: resumeOn, occurredAt: occurredAt),
            to: EndVisitOnSite())
    }

    mutating func requestParts(_ request: UUID) throws {
        try bench.send(
            RequestParts(
                partRequestId: request, visitId: visit, engineerId: engineer, reason: .missing,
                lines: [RequestedPart(lineId: id("line"), partCode: "compressor", quantity: 1)]),
            to: RequestMissingParts())
    }

    mutating func prepared(
        _ decision: EstimateDecision, finding: UUID, _ estimate: UUID, supersedes: UUID? = nil
    ) throws {
        try bench.receive(
            Samples.prepared(
                decision, order: order, visit: visit, finding: finding, estimate, at: bench.now, supersedes: supersedes),
            by: HearEstimate(), story: order)
    }

    mutating func refused(_ estimate: UUID) throws {
        try bench.receive(
            QuoteRefused(
                estimateId: estimate, workOrderId: order, visitId: visit, reason: "too dear", refusedAt: bench.now),
            by: HearRefusedQuote(), story: order)
    }

    mutating func acceptedQuote(_ estimate: UUID) throws {
        try bench.receive(
            QuoteAccepted(
                estimateId: estimate, workOrderId: order, visitId: visit, total: Money(100, "CNY"),
                acceptedAt: bench.now),
            by: HearAcceptedQuote(), story: order)
    }

    @discardableResult
    mutating func confirm(
        token: String? = nil, report: UUID? = nil, signedBy: String? = "王敏",
        by actor: (type: String, id: String)? = nil, channel: String? = nil
    ) throws -> Acknowledgement {
        try bench.send(
            ConfirmCompletion(workOrderId: order, reportId: report, signedBy: signedBy, token: token),
            to: ConfirmReport(door: door), by: actor, story: order, channel: channel)
    }

    /// Intake needs somebody (again).
    mutating func need(round: Int, _ reason: DispatchReason = .reopened) throws {
        try bench.receive(
            WorkOrderChanged(
                workOrderId: order, workOrderNumber: "WO-20261121-000001", status: .pendingDispatch,
                previousStatus: .awaitingConfirmation, responsible: .dispatcher, occurredAt: bench.now,
                need: DispatchNeed(round: round, reason: reason, durationMinutes: 60)),
            by: FollowNeed(), story: order)
    }

    var status: VisitState? { bench.state(Visit.self, visit)?.status }
    var report: ServiceReport? {
        bench.state(Visit.self, visit)?.report.flatMap { bench.state(ServiceReport.self, $0.reportId) }
    }

    /// A name's id, the same every time.
    func id(_ name: String) -> UUID { UUID(derivedFrom: name, in: .nameless) }

    /// The code of the refusal that `act` meets.
    mutating func refusal(_ act: (inout Job) throws -> Void) -> String? {
        do {
            try act(&self)
            return nil
        } catch {
            return (error as? Refusal)?.problem.code
        }
    }

    /// The pointers of the refusal that `act` meets.
    mutating func pointers(_ act: (inout Job) throws -> Void) -> [String] {
        do {
            try act(&self)
            return []
        } catch {
            return (error as? Refusal)?.problem.errors.map(\.pointer) ?? []
        }
    }
}

extension UUID {
    static let nameless = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}
