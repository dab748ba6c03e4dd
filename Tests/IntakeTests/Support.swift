import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

/// Intake's deciders in memory, with a report taken and the other services' events at hand.
struct IntakeBench {
    var bench = DeciderBench(.intake, now: monday)
    static let links = CustomerLinks(signer: LinkSigner(secret: String(repeating: "s", count: 32)), realNow: { monday })
    static let engineer = UUID()

    /// Monday 2026-11-23, 10:00 in the company's zone.
    static let monday = Date(timeIntervalSince1970: 1_795_399_200)

    @discardableResult
    mutating func report(_ report: ReportRepair = .full, id: String = "r-1", channel: String? = nil) throws
        -> ReportAccepted
    {
        let channel = channel ?? report.channel
        return try bench.send(
            report, to: TakeReport(links: Self.links), by: ("adapter", channel), channel: channel,
            source: "/adapters/\(channel)", id: id)
    }

    mutating func opened(_ report: ReportRepair = .full, id: String = "r-1") throws -> WorkOrder {
        let answer = try self.report(report, id: id)
        return try order(#require(answer.workOrderId))
    }

    func order(_ id: UUID) throws -> WorkOrder { try #require(bench.state(WorkOrder.self, id)) }
    func status(_ id: UUID) throws -> WorkOrderState { try order(id).status }

    mutating func pass(_ seconds: TimeInterval) { bench.now += seconds }

    mutating func offer(_ order: WorkOrder, _ trip: UUID, round: Int = 1, manual: Bool = false) throws {
        try bench.receive(
            AssignmentOffered(
                assignmentId: trip, workOrderId: order.id, workOrderNumber: order.number, engineerId: Self.engineer,
                round: round, proposedWindow: window, offeredAt: bench.now, leaseExpiresAt: bench.now + 7_200,
                explanation: AssignmentExplanation(ruleSetVersion: 1, considered: 1, manual: manual),
                serviceType: .repair, priority: .p3, problem: "x"),
            by: NoteOffer())
    }

    mutating func accept(_ order: WorkOrder, _ trip: UUID, round: Int = 1) throws {
        try bench.receive(
            AssignmentAccepted(
                assignmentId: trip, workOrderId: order.id, workOrderNumber: order.number, engineerId: Self.engineer,
                round: round, proposedWindow: window, acceptedAt: bench.now), by: NoteAcceptance())
    }

    mutating func book(_ order: WorkOrder, _ trip: UUID, round: Int = 1) throws {
        try bench.receive(
            AssignmentBooked(
                assignmentId: trip, workOrderId: order.id, workOrderNumber: order.number, engineerId: Self.engineer,
                round: round, window: window, originalWindow: window, rebooked: false, initiatedBy: .customer,
                bookedAt: bench.now), by: NoteBooking())
    }

    mutating func withdraw(_ order: WorkOrder, _ trip: UUID, _ reason: WithdrawReason = .cancelled) throws {
        try bench.receive(
            AssignmentWithdrawn(
                assignmentId: trip, workOrderId: order.id, workOrderNumber: order.number, engineerId: Self.engineer,
                round: 1, reason: reason, withdrawnAt: bench.now), by: NoteWithdrawal())
    }

    mutating func depart(_ order: WorkOrder, _ trip: UUID) throws {
        try bench.receive(
            VisitDeparted(
                visitId: trip, workOrderId: order.id, engineerId: Self.engineer, departedAt: bench.now, window: window),
            by: NoteDeparture())
    }

    mutating func checkIn(_ order: WorkOrder, _ trip: UUID) throws {
        try bench.receive(
            VisitCheckedIn(
                visitId: trip, workOrderId: order.id, engineerId: Self.engineer, checkedInAt: bench.now,
                window: window, originalWindow: window), by: NoteCheckIn())
    }

    mutating func start(_ order: WorkOrder, _ trip: UUID) throws {
        try bench.receive(
            VisitStarted(visitId: trip, workOrderId: order.id, engineerId: Self.engineer, startedAt: bench.now),
            by: NoteStart())
    }

    mutating func end(
        _ order: WorkOrder, _ trip: UUID, _ reason: VisitEndReason, outcome: Outcome? = nil, parts: [UUID] = [],
        skills: [SkillLevel] = [], resumeOn: Date? = nil
    ) throws {
        try bench.receive(
            VisitEnded(
                visitId: trip, workOrderId: order.id, workOrderNumber: order.number, engineerId: Self.engineer,
                reason: reason, outcome: outcome, startedAt: reason == .noAccess ? nil : bench.now - 600,
                endedAt: bench.now, workMinutes: 10, travelMinutes: 5, partRequestIds: parts, requiredSkills: skills,
                resumeOn: resumeOn), by: NoteVisitEnd())
    }

    mutating func miss(_ order: WorkOrder, _ trip: UUID) throws {
        try bench.receive(
            VisitMissed(
                visitId: trip, workOrderId: order.id, engineerId: Self.engineer, window: window, missedAt: bench.now),
            by: NoteMissedVisit())
    }

    mutating func confirm(_ order: WorkOrder, _ trip: UUID) throws {
        try bench.receive(
            CompletionConfirmed(
                workOrderId: order.id, workOrderNumber: order.number, visitId: trip, reportId: UUID(), how: .customer,
                confirmedAt: bench.now), by: NoteConfirmation())
    }

    mutating func dispute(_ order: WorkOrder, _ trip: UUID) throws {
        try bench.receive(
            CompletionDisputed(
                workOrderId: order.id, workOrderNumber: order.number, visitId: trip, reportId: UUID(),
                reason: "still leaks", disputedAt: bench.now), by: NoteDispute())
    }

    mutating func survey(_ order: WorkOrder, fixed: Bool) throws {
        try bench.receive(
            SurveyAnswered(
                surveyId: UUID(), followUpId: UUID(), workOrderId: order.id, satisfaction: 4, fixed: fixed,
                answeredAt: bench.now), by: TakeSurvey())
    }

    mutating func estimate(
        _ order: WorkOrder, _ trip: UUID, _ id: UUID, _ decision: EstimateDecision, supersedes: UUID? = nil,
        sequence: Int = 1
    ) throws {
        try bench.receive(
            EstimatePrepared(
                estimateId: id, workOrderId: order.id, workOrderNumber: order.number, visitId: trip,
                decision: decision, total: Money(100, "CNY"), reason: CodedReason(code: "x"),
                preparedAt: bench.now, validUntil: bench.now + 86_400, supersedes: supersedes),
            by: NoteEstimate(), sequence: sequence)
    }

    mutating func acceptQuote(_ order: WorkOrder, _ trip: UUID, _ id: UUID) throws {
        try bench.receive(
            QuoteAccepted(
                estimateId: id, workOrderId: order.id, visitId: trip, total: Money(100, "CNY"),
                acceptedAt: bench.now), by: NoteQuoteAccepted())
    }

    mutating func refuseQuote(_ order: WorkOrder, _ trip: UUID, _ id: UUID) throws {
        try bench.receive(
            QuoteRefused(estimateId: id, workOrderId: order.id, visitId: trip, reason: "dear", refusedAt: bench.now),
            by: NoteQuoteRefused())
    }

    mutating func reserve(_ order: WorkOrder, _ trip: UUID, _ id: UUID, complete: Bool, sequence: Int = 1) throws {
        try bench.receive(
            PartsReserved(
                request: PartRequestState(
                    partRequestId: id, workOrderId: order.id, visitId: trip, engineerId: Self.engineer,
                    status: .reserved, complete: complete, settled: false,
                    lines: [
                        PartRequestLineState(
                            lineId: id, partCode: "PUMP", requested: 3, approved: 3, reserved: complete ? 3 : 1,
                            issued: 0, consumed: 1, returned: 0, released: 0)
                    ]), occurredAt: bench.now),
            by: NoteReservation(), sequence: sequence)
    }

    mutating func release(_ order: WorkOrder, _ trip: UUID, _ id: UUID) throws {
        try bench.receive(
            PartsReleased(
                request: PartRequestState(
                    partRequestId: id, workOrderId: order.id, visitId: trip, engineerId: Self.engineer,
                    status: .released, complete: false, settled: true), occurredAt: bench.now),
            by: NoteRelease(), sequence: 2)
    }

    /// A visit up to the start of work.
    mutating func visit(_ order: WorkOrder, _ trip: UUID, round: Int = 1) throws {
        try accept(order, trip, round: round)
        try book(order, trip, round: round)
        try checkIn(order, trip)
        try start(order, trip)
    }

    private var window: TimeWindow { TimeWindow(start: bench.now + 3_600, end: bench.now + 7_200) }
}

extension ReportRepair {
    /// A report that lacks nothing.
    static var full: ReportRepair {
        ReportRepair(
            channel: "wechat", externalId: "ox-1",
            customer: ReportedCustomer(name: "王敏", phone: "13800138000", channelUserId: "ox-user"),
            device: ReportedDevice(serialNumber: "AC-1", category: "Aircon/dehumidifier"), serviceType: .repair,
            problem: "空调漏油", site: ReportedSite(address: "北京市朝阳区 1", regionCode: "110105"))
    }
}

extension Calendars {
    /// Those that come with Mendloop.
    static let shipped = Calendars(CalendarVersion.shipped)
}

extension CalendarRef {
    static let always = CalendarRef(name: CalendarVersion.always, version: 1)
    static let workingHours = CalendarRef(name: CalendarVersion.workingHours, version: 2)
}

/// The refusal that a body throws.
func refusal(_ body: () throws -> Void) throws -> Problem {
    do {
        try body()
    } catch let refusal as Refusal {
        return refusal.problem
    }
    throw NotRefused()
}

struct NotRefused: Error {}
