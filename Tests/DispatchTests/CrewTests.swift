import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// Visits that several engineers go to together.
struct CrewTests {
    static let pairs: DispatchRules = {
        var document = RuleSet.standardDocument
        document.crew = [CrewDispatchRule(rule: "pairs", engineers: 2)]
        return document
    }()

    private func company(_ count: Int) throws -> Company {
        var company = try Company(engineers: count)
        company.rules = Self.pairs
        return company
    }

    private func helpers(of offer: AssignmentOffered, in company: Company) -> [UUID] {
        company.bench.state(Assignment.self, offer.assignmentId)?.helperIds ?? []
    }

    private func entries(_ engineer: UUID, in company: Company) -> [CalendarEntry] {
        company.bench.state(EngineerCalendar.self, engineer)?.entries ?? []
    }

    private func third(of company: Company, besides offer: AssignmentOffered) throws -> UUID {
        try #require(company.engineers.first { $0 != offer.engineerId && $0 != offer.helperIds?.first })
    }

    @Test("both are booked from the offer on, and whoever hears of the acceptance hears of both")
    func together() throws {
        var company = try company(2)
        let offer = try company.openAndAccept()
        let helper = try #require(offer.helperIds?.first)
        #expect(helper != offer.engineerId)
        let own = try #require(entries(offer.engineerId, in: company).first)
        let with = try #require(entries(helper, in: company).first)
        #expect(own.span == with.span && with.helps == offer.assignmentId)
        #expect(company.bench.state(Booking.self, with.assignmentId)?.helps == offer.assignmentId)
        #expect(company.bench.last(AssignmentAccepted.self)?.helperIds == [helper])
        #expect(offer.explanation.crew?.rule == "pairs")
    }

    @Test(
        "whatever ends the visit gives everybody's time back",
        arguments: ["decline", "expire", "close", "end", "miss", "supersede"])
    func freed(_ how: String) throws {
        var company = try company(2)
        try company.open()
        try company.dispatch()
        let offer = try company.lastOffer()
        let helper = try #require(offer.helperIds?.first)
        if how != "decline", how != "expire" { try company.accept(offer) }
        switch how {
        case "decline": try company.decline(offer)
        case "expire": try company.bench.fire(OfferLease(), for: offer.assignmentId)
        case "close":
            try company.bench.receive(
                RoundTests().closed(.cancelled, .cancelled), by: CloseJob(), sequence: 9)
        case "end": try company.bench.receive(ended(offer, at: hours(0.1)), by: EndVisitedAssignment())
        case "miss":
            try company.bench.receive(
                VisitMissed(
                    visitId: offer.assignmentId, workOrderId: uuid(100), engineerId: offer.engineerId,
                    window: offer.proposedWindow, missedAt: hours(0.1)),
                by: FreeMissedVisit())
        default: try company.change(changed(.onHold))
        }
        #expect(entries(offer.engineerId, in: company).isEmpty)
        #expect(entries(helper, in: company).isEmpty)
        let bookingId = AssignmentHelper(helper, for: offer.assignmentId).bookingId
        #expect(company.bench.state(Booking.self, bookingId)?.live == false)
    }

    @Test("a time that is agreed on is one at which both can, and both are moved to it")
    func agreed() throws {
        var company = try company(2)
        let offer = try company.openAndAccept()
        let helper = try #require(offer.helperIds?.first)
        // He is busy in the first hour of the window.
        let busy = CalendarEntry(
            assignmentId: uuid(77), workOrderId: uuid(78), span: Span(window(5, 6)), place: job().place)
        company.book(busy, of: helper)
        try company.bench.send(BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        let own = try #require(entries(offer.engineerId, in: company).first)
        #expect(own.span == Span(window(6, 7)))
        #expect(entries(helper, in: company).last?.span == own.span)
        #expect(company.bench.all(CrewChanged.self).isEmpty)
    }

    /// A lead, and one helper who may do what the rule asks of helpers for two days.
    private func certified() throws -> (Company, AssignmentOffered) {
        var rules = RuleSet.standardDocument
        let rigging = SkillLevel(skill: "rigging", level: 1)
        rules.crew = [CrewDispatchRule(rule: "pairs", engineers: 2, helperSkills: [rigging])]
        var company = try Company(engineers: 2)
        company.rules = rules
        try company.bench.send(SetRules(rules: rules), to: PublishRules())
        let until = SkillLevel(skill: "rigging", level: 1, validUntil: hours(48))
        try company.bench.send(
            registration(2, skills: [SkillLevel(skill: "aircon", level: 1), until]), to: RegisterAnEngineer())
        let offer = try company.openAndAccept()
        #expect(offer.engineerId == uuid(1) && offer.helperIds == [uuid(2)])
        return (company, offer)
    }

    @Test("no window is offered in which a helper may not do any more what is asked of him")
    func offeredWhileCertified() throws {
        var (company, _) = try certified()
        let slots = try company.bench.send(OfferSlots(workOrderId: uuid(100), count: 20), to: OfferFreeSlots()).slots
        #expect(!slots.isEmpty && slots.allSatisfy { $0.window.start.addingTimeInterval(3600) <= hours(48) })
    }

    @Test("whom the rule chose is let go where he may not do it any more; whom a dispatcher named stays")
    func agreedAfterwards() throws {
        var (company, offer) = try certified()
        let later = BookSlot(assignmentId: offer.assignmentId, window: window(49, 51))
        try company.bench.send(later, to: BookAgreedSlot())
        #expect(helpers(of: offer, in: company).isEmpty && company.bench.last(CrewChanged.self)?.missing == 1)
        try company.bench.send(
            SetHelpers(assignmentId: offer.assignmentId, helperIds: [uuid(2)]), to: ReplaceHelpers())
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(73, 75)), to: BookAgreedSlot())
        #expect(helpers(of: offer, in: company) == [uuid(2)])
    }

    @Test("a window is offered where both can begin at one time, not where each can at another")
    func offeredTogether() throws {
        var company = try company(2)
        try company.bench.send(SetRules(rules: Self.pairs), to: PublishRules())
        let offer = try company.openAndAccept()
        let helper = try #require(offer.helperIds?.first)
        func offered() throws -> Int {
            let asked = OfferSlots(workOrderId: uuid(100), notBefore: hours(5), notAfter: hours(7), windowMinutes: 120)
            return try company.bench.send(asked, to: OfferFreeSlots()).slots.count
        }
        #expect(try offered() == 1)
        for (engineer, busy) in [(offer.engineerId, window(5, 6.25)), (helper, window(6.25, 9))] {
            let entry = CalendarEntry(
                assignmentId: UUID(), workOrderId: uuid(78), span: Span(busy), place: job().place)
            company.book(entry, of: engineer)
        }
        #expect(try offered() == 0)
    }

    @Test("a helper who cannot then is let go, and another is found")
    func replaced() throws {
        var company = try company(3)
        let offer = try company.openAndAccept()
        let helper = try #require(offer.helperIds?.first)
        let busy = CalendarEntry(
            assignmentId: uuid(77), workOrderId: uuid(78), span: Span(window(4, 9)), place: job().place)
        company.book(busy, of: helper)
        try company.bench.send(BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        #expect(helpers(of: offer, in: company).isEmpty)
        let lost = try #require(company.bench.last(CrewChanged.self))
        #expect(lost.helperIds.isEmpty && lost.missing == 1 && lost.booked == window(5, 6))
        try company.findHelpers()
        let other = try third(of: company, besides: offer)
        #expect(helpers(of: offer, in: company) == [other])
        #expect(entries(other, in: company).map(\.span) == [Span(window(5, 6))])
        #expect(company.bench.last(CrewChanged.self)?.helperIds == [other])
        #expect(company.bench.all(DispatchEscalationRaised.self).isEmpty)
    }

    @Test("who falls ill is excused from helping; where nobody else can, the supervisor hears of it once")
    func ill() throws {
        var company = try company(2)
        let offer = try company.openAndAccept()
        let helper = try #require(offer.helperIds?.first)
        try company.bench.send(BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        try company.bench.send(
            SetLeave(engineerId: helper, absences: [Absence(window: window(0, 48), kind: .sick)]), to: ReplaceLeave())
        #expect(company.bench.last(EngineerAbsent.self)?.visitsGivenAway == 1)
        #expect(company.status(offer) == .accepted)
        #expect(entries(helper, in: company).isEmpty)
        try company.findHelpers()
        let told = try #require(company.bench.last(DispatchEscalationRaised.self)?.escalation)
        #expect(told.reason.code == "helpers_missing" && told.reason.parameters["rule"] == "pairs")
        company.bench.now = hours(0.6)
        try company.findHelpers()
        #expect(company.bench.all(DispatchEscalationRaised.self).count == 1)
        try company.bench.send(SetLeave(engineerId: helper), to: ReplaceLeave())
        company.bench.now = hours(1.2)
        try company.findHelpers()
        #expect(helpers(of: offer, in: company) == [helper])
    }

    @Test("a dispatcher's word on who helps stands, and is refused only where it cannot be")
    func byHand() throws {
        var company = try company(3)
        let offer = try company.openAndAccept()
        let former = try #require(offer.helperIds?.first)
        let other = try third(of: company, besides: offer)
        let id = offer.assignmentId
        try company.bench.send(SetHelpers(assignmentId: id, helperIds: [other]), to: ReplaceHelpers())
        #expect(helpers(of: offer, in: company) == [other])
        #expect(entries(former, in: company).isEmpty && entries(other, in: company).count == 1)
        try company.bench.send(SetHelpers(assignmentId: id), to: ReplaceHelpers())
        try company.findHelpers()
        #expect(helpers(of: offer, in: company).isEmpty)
        #expect(company.bench.last(CrewChanged.self)?.missing == 0)
        let pointers: [([UUID], String)] = [
            ([offer.engineerId], "/data/helperIds/0"), ([other, other], "/data/helperIds/1"),
            ([uuid(666)], "/data/helperIds/0"), ((1...6).map(uuid), "/data/helperIds"),
        ]
        for (helperIds, pointer) in pointers {
            let refusal = #expect(throws: Refusal.self) {
                try company.bench.send(SetHelpers(assignmentId: id, helperIds: helperIds), to: ReplaceHelpers())
            }
            #expect(refusal?.problem.errors.first?.pointer == pointer)
        }
    }

    @Test("whom a dispatcher sends to what takes several gets the others from the rules")
    func sentByHand() throws {
        var company = try company(2)
        try company.bench.send(SetRules(rules: Self.pairs), to: PublishRules())
        try company.open()
        try company.bench.send(AssignEngineer(workOrderId: uuid(100), engineerId: uuid(2)), to: AssignByHand())
        let offer = try company.lastOffer()
        #expect(offer.helperIds?.isEmpty == true && offer.explanation.crew?.wanted == 1)
        try company.findHelpers()
        try company.accept(offer)
        #expect(company.bench.last(AssignmentAccepted.self)?.helperIds == [uuid(1)])
        #expect(company.bench.state(Assignment.self, offer.assignmentId)?.explanation.crew?.helpers.count == 1)
    }
}

extension Company {
    /// Lets the crew finder look once.
    fileprivate mutating func findHelpers() throws {
        try bench.receive(opened(), by: FillCrews(jobs: jobs, engineers: engineers, rules: rules))
    }

    fileprivate mutating func book(_ entry: CalendarEntry, of engineer: UUID) {
        var calendar = bench.state(EngineerCalendar.self, engineer) ?? EngineerCalendar()
        _ = calendar.book(entry, now: monday.epoch)
        bench.put(calendar, engineer)
    }
}

/// Finds helpers in a bench, as the crew finder does on the real database.
private struct FillCrews: EventHandler {
    typealias E = WorkOrderOpened
    let jobs: [UUID]
    let engineers: [UUID]
    let rules: DispatchRules

    func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
        var people: [Person] = []
        var booked: [(UUID, Timeline.Stop)] = []
        for id in engineers {
            if let engineer = turn.get(Engineer.self, id) { people.append(engineer.person(id, at: turn.now)) }
            booked += (turn.get(EngineerCalendar.self, id)?.stops ?? []).map { (id, $0) }
        }
        guard let ruleSet = try? RuleSet(rules, version: 1) else { return .applied }
        var decider = Decider(CompiledRules(ruleSet, Roster(people)))
        for gap in gaps(&turn) {
            guard let request = gap.request else { continue }
            let range = Board.range(for: [request], now: turn.now.epoch)
            var board = Board(decider.roster, range: range, travel: .estimate)
            for (id, stop) in booked {
                if let member = decider.roster.position(of: id) { board.enter(stop, of: member) }
            }
            turn.fill(gap, with: gap.fill(by: &decider, on: &board, now: turn.now.epoch))
        }
        return .applied
    }

    private func gaps(_ turn: inout Turn) -> [CrewGap] {
        jobs.compactMap { order in
            guard let job = turn.get(Job.self, order), let id = job.activeAssignmentId,
                let assignment = turn.get(Assignment.self, id), assignment.helpersMissing ?? 0 > 0,
                assignment.helpersSoughtAfter ?? .distantPast <= turn.now, let booked = turn.get(Booking.self, id)
            else { return nil }
            return CrewGap(assignmentId: id, assignment: assignment, job: job, span: booked.span)
        }
    }
}
