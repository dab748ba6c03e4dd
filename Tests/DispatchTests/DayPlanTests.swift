import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// How a plan is carried out, whatever made it.
struct DayPlanTests {
    /// Engineers 1 and 2; the first has a visit promised for 13:00 to 15:00.
    private func company() throws -> (Company, AssignmentOffered) {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        return (company, offer)
    }

    private func other(_ offer: AssignmentOffered) -> UUID { offer.engineerId == uuid(1) ? uuid(2) : uuid(1) }

    private func draft(
        _ company: Company, _ offer: AssignmentOffered, to engineer: UUID, _ span: Span
    ) throws -> DraftPlan {
        let change = DayPlan.Change(
            assignmentId: offer.assignmentId, from: offer.engineerId, to: engineer, span: span, travelMinutes: 7)
        let reading = try company.reading()
        var planner = BranchPlanner(reading.rules)
        return DraftPlan(
            reading, DayPlan(changes: [change], visits: 3, travelBefore: 3_000, travelAfter: 1_800), by: &planner)
    }

    private func carryOut(_ draft: DraftPlan, _ company: inout Company) throws {
        try company.bench.receive(opened(), by: CarryOut(draft: draft))
    }

    /// As the worker does it on the real database.
    struct CarryOut: EventHandler {
        typealias E = WorkOrderOpened
        let draft: DraftPlan

        func keys(_ event: WorkOrderOpened, _ keys: inout Keys) { keys = draft.keys }

        func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
            turn.carryOut(draft)
            return .applied
        }
    }

    @Test("a visit is moved within its window: the engineer is told, what was promised stays")
    func moved() throws {
        var (company, offer) = try company()
        try carryOut(try draft(company, offer, to: offer.engineerId, Span(window(6, 7))), &company)
        let planned = try #require(company.bench.last(AssignmentPlanned.self))
        #expect(planned.planned == window(6, 7) && planned.window == window(5, 7))
        #expect(
            company.bench.state(EngineerCalendar.self, offer.engineerId)?.entries.map(\.span) == [Span(window(6, 7))])
        #expect(company.bench.state(Booking.self, offer.assignmentId)?.span == Span(window(6, 7)))
        #expect(company.bench.all(AssignmentBooked.self).count == 1)
        #expect(company.status(offer) == .accepted)
    }

    @Test("a few minutes are not worth telling")
    func hardlyMoved() throws {
        var (company, offer) = try company()
        let span = Span(start: hours(5).epoch + 300, end: hours(6).epoch + 300)
        try carryOut(try draft(company, offer, to: offer.engineerId, span), &company)
        #expect(company.bench.all(AssignmentPlanned.self).isEmpty)
        #expect(company.bench.state(EngineerCalendar.self, offer.engineerId)?.entries.map(\.span) == [span])
    }

    @Test("a visit is handed over as an offer that keeps the promise; who accepts it need not ask the customer")
    func handedOver() throws {
        var (company, offer) = try company()
        let next = other(offer)
        try carryOut(try draft(company, offer, to: next, Span(window(5.5, 6.5))), &company)
        #expect(company.bench.last(AssignmentWithdrawn.self)?.reason == .reassigned)
        #expect(company.bench.state(EngineerCalendar.self, offer.engineerId)?.entries.isEmpty == true)
        let handed = try company.lastOffer()
        #expect(handed.engineerId == next && handed.round == 1)
        #expect(handed.agreedWindow == window(5, 7) && handed.proposedWindow == window(5.5, 6.5))
        #expect(handed.explanation.daySavedMinutes == 20 && !handed.explanation.manual)
        #expect(handed.explanation.ranking.first?.engineerId == next && handed.explanation.ranking.count == 2)
        let record = try #require(company.bench.state(DecisionRecord.self, handed.assignmentId))
        let roster = try #require(company.bench.state(RosterSnapshot.self, record.rosterId))
        let view = record.view(roster.engineers, names: [:], only: nil)
        #expect(view.engineerId == next && view.daySavedMinutes == 20)
        #expect(Set(view.verdicts.map(\.engineerId)) == Set(company.engineers))
        // Reasons are about the promised window, and no other time.
        #expect(view.verdicts.allSatisfy { $0.start.map { (hours(5)...hours(7)).contains($0) } ?? true })
        try company.accept(handed)
        #expect(company.bench.last(AssignmentAccepted.self)?.agreedWindow == window(5, 7))
        let booked = try #require(company.bench.last(AssignmentBooked.self))
        #expect(booked.assignmentId == handed.assignmentId && booked.window == window(5, 7))
        #expect(booked.originalWindow == window(5, 7) && !booked.rebooked)
        #expect(company.bench.last(AssignmentPlanned.self)?.planned == window(5.5, 6.5))
        // Nobody is reminded to make an appointment.
        #expect(company.bench.timers.isEmpty)
        #expect(company.job()?.status == .accepted && company.job()?.lastEngineerId == next)
    }

    @Test("nobody ponders a hand-over so long that a third could not come in time")
    func lease() throws {
        var (company, offer) = try company()
        company.bench.now = hours(4)
        try carryOut(try draft(company, offer, to: other(offer), Span(window(5, 6))), &company)
        #expect(try company.lastOffer().leaseExpiresAt == hours(4.5))
    }

    @Test("declined, the visit goes to whoever can keep the promise")
    func declined() throws {
        var (company, offer) = try company()
        try carryOut(try draft(company, offer, to: other(offer), Span(window(5.5, 6.5))), &company)
        try company.decline(company.lastOffer())
        try company.dispatch()
        let again = try company.lastOffer()
        #expect(again.engineerId == offer.engineerId && again.proposedWindow == window(5, 6))
    }

    enum Change: CaseIterable { case booking, departure, arrival, byHand, affirmed, pinned, tooLate }

    @Test("where anything has changed since it was thought of, nothing is done", arguments: Change.allCases)
    func stale(change: Change) throws {
        var (company, offer) = try company()
        let stale = try draft(company, offer, to: offer.engineerId, Span(window(6, 7)))
        switch change {
        case .booking:
            try company.open(opened(101))
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(101), engineerId: offer.engineerId), to: AssignByHand())
        case .departure:
            try company.bench.receive(
                VisitDeparted(
                    visitId: offer.assignmentId, workOrderId: offer.workOrderId, engineerId: offer.engineerId,
                    departedAt: hours(1), window: window(5, 7)), by: NoteDeparture())
        case .arrival: try company.bench.receive(checkedIn(offer, at: hours(1)), by: NoteArrival())
        case .affirmed:
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(100), engineerId: offer.engineerId), to: AssignByHand())
        case .pinned:
            try company.bench.send(PinVisit(assignmentId: offer.assignmentId, pinned: true), to: PinAVisit())
        case .byHand:
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(100), engineerId: other(offer), window: window(5, 6)),
                to: AssignByHand())
        case .tooLate: company.bench.now = hours(5.5)
        }
        let events = company.bench.events.count
        try carryOut(stale, &company)
        #expect(company.bench.events.count == events)
        #expect(company.bench.state(Booking.self, offer.assignmentId)?.span != Span(window(6, 7)))
    }

    @Test("who was chosen for a time off the rules' grid is no excluded one: the reasons name him with that time")
    func offGrid() throws {
        var (company, offer) = try company()
        let next = other(offer)
        // Five minutes are left him between two others: no quarter of an hour begins in them.
        for (number, window) in [(500, window(3, 5 + 5.0 / 60)), (501, window(6 + 10.0 / 60, 8))] {
            let minutes = Int(window.end.timeIntervalSince(window.start) / 60)
            try company.bench.receive(
                opened(number, need: need(minutes: minutes)), by: RecordOpenedJob(), story: uuid(number))
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(number), engineerId: next, window: window), to: AssignByHand())
        }
        let span = Span(start: hours(5).epoch + 300, end: hours(6).epoch + 300)
        try carryOut(try draft(company, offer, to: next, span), &company)
        let handed = try company.lastOffer()
        #expect(handed.engineerId == next && handed.explanation.ranking.first?.engineerId == next)
        #expect(handed.explanation.excluded.isEmpty)
        let record = try #require(company.bench.state(DecisionRecord.self, handed.assignmentId))
        let roster = try #require(company.bench.state(RosterSnapshot.self, record.rosterId))
        let verdict = try #require(record.view(roster.engineers, names: [:], only: next).verdicts.first)
        #expect(verdict.excludedBy == nil && verdict.start == Date(epoch: span.start))
    }

    @Test("that a promise will be missed is told once for each window")
    func risk() throws {
        var (company, offer) = try company()
        func told() -> [String] {
            company.bench.all(DispatchEscalationRaised.self).map(\.escalation.reason.code)
        }
        for _ in 1...2 { try company.bench.receive(opened(), by: TellRisk(id: offer.assignmentId)) }
        #expect(told() == ["promise_at_risk"])
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(6, 8)), to: BookAgreedSlot())
        try company.bench.receive(opened(), by: TellRisk(id: offer.assignmentId))
        #expect(told() == ["promise_at_risk", "promise_at_risk"])
    }

    private struct TellRisk: EventHandler {
        typealias E = WorkOrderOpened
        let id: UUID

        func keys(_ event: WorkOrderOpened, _ keys: inout Keys) { keys.need(Assignment.self, id) }

        func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
            turn.tellRisk(of: id)
            return .applied
        }
    }

    @Test("a plan that two visits of would overlap is not carried out")
    func overlapping() throws {
        var (company, offer) = try company()
        try company.open(opened(101))
        try company.dispatch()
        let second = try company.lastOffer()
        #expect(second.engineerId != offer.engineerId || second.proposedWindow == window(1, 2))
        try carryOut(try draft(company, offer, to: second.engineerId, Span(second.proposedWindow)), &company)
        #expect(company.bench.state(Booking.self, offer.assignmentId)?.span == Span(window(5, 6)))
        #expect(company.status(offer) == .accepted)
    }
}

extension Company {
    /// What the planner reads.
    /// As the planner reads it by SQL.
    func reading() throws -> BranchReading {
        let people = engineers.compactMap { id in bench.state(Engineer.self, id)?.person(id, at: bench.now) }
        let calendars = Dictionary(
            uniqueKeysWithValues: engineers.map { id in
                (id, bench.state(EngineerCalendar.self, id) ?? EngineerCalendar())
            })
        let entries = engineers.flatMap { calendars[$0]?.entries ?? [] }
        let rules = CompiledRules(try RuleSet(rules, version: 1), Roster(people))
        let jobs = entries.reduce(into: [UUID: (assignment: Assignment, job: Job)]()) { jobs, entry in
            guard let assignment = bench.state(Assignment.self, entry.assignmentId),
                let job = bench.state(Job.self, entry.workOrderId)
            else { return }
            jobs[entry.assignmentId] = (assignment: assignment, job: job)
        }
        return BranchReading(
            branch: "上海", rules: rules,
            day: BranchDay(
                now: bench.now.epoch, engineers: engineers, visits: BranchReading.visits(calendars, jobs, rules),
                travel: .estimate),
            calendarVersions: Dictionary(
                uniqueKeysWithValues: engineers.map { ($0, bench.version(of: EngineerCalendar.self, $0)) }),
            workOrders: Dictionary(entries.map { ($0.assignmentId, $0.workOrderId) }) { first, _ in first })
    }
}
