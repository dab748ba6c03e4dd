import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService
@testable import ServiceKit

/// Day plans that change a visit of several.
struct CrewPlanTests {
    /// Three engineers, and a visit by two of them, promised for 13:00 to 15:00.
    private func company() throws -> (Company, AssignmentOffered, helper: UUID) {
        var company = try Company(engineers: 3)
        company.rules = CrewTests.pairs
        let offer = try company.openAndAccept()
        try company.bench.send(BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        return (company, offer, try #require(offer.helperIds?.first))
    }

    private func booking(_ helper: UUID, _ offer: AssignmentOffered) -> UUID {
        AssignmentHelper(helper, for: offer.assignmentId).bookingId
    }

    /// - Parameter next: who helps from then on.
    private func draft(
        _ company: Company, _ offer: AssignmentOffered, _ helper: UUID, next: UUID, _ span: Dispatching.Span
    ) throws -> DraftPlan {
        var changes = [
            DayPlan.Change(
                assignmentId: booking(helper, offer), from: helper, to: next, span: span, travelMinutes: 9,
                helps: offer.assignmentId)
        ]
        if span != Span(window(5, 6)) {
            changes.append(
                DayPlan.Change(
                    assignmentId: offer.assignmentId, from: offer.engineerId, to: offer.engineerId, span: span,
                    travelMinutes: 7))
        }
        let reading = try company.reading()
        var planner = BranchPlanner(reading.rules)
        return DraftPlan(
            reading, DayPlan(changes: changes, visits: 3, travelBefore: 3_000, travelAfter: 1_800), by: &planner)
    }

    private func carryOut(_ draft: DraftPlan, _ company: inout Company) throws {
        try company.bench.receive(opened(), by: DayPlanTests.CarryOut(draft: draft))
    }

    private func entries(_ engineer: UUID, _ company: Company) -> [CalendarEntry] {
        company.bench.state(EngineerCalendar.self, engineer)?.entries ?? []
    }

    @Test("both are moved, and who answers for the visit is told for both")
    func moved() throws {
        var (company, offer, helper) = try company()
        let span = Span(window(6, 7))
        try carryOut(try draft(company, offer, helper, next: helper, span), &company)
        #expect(entries(offer.engineerId, company).map(\.span) == [span])
        #expect(entries(helper, company).map(\.span) == [span])
        #expect(company.bench.state(Booking.self, booking(helper, offer))?.span == span)
        #expect(company.bench.all(AssignmentPlanned.self).map(\.planned) == [window(6, 7)])
        #expect(company.bench.all(CrewChanged.self).isEmpty && company.status(offer) == .accepted)
        #expect(company.bench.state(Assignment.self, offer.assignmentId)?.travelMinutes == 7)
    }

    @Test("another helps: he is booked, told with the reason, and the one before is free", arguments: [5.0, 6.0])
    func another(from hour: Double) throws {
        var (company, offer, helper) = try company()
        let next = try #require(company.engineers.first { $0 != offer.engineerId && $0 != helper })
        let span = Span(window(hour, hour + 1))
        try carryOut(try draft(company, offer, helper, next: next, span), &company)
        #expect(entries(helper, company).isEmpty)
        #expect(company.bench.state(Booking.self, booking(helper, offer))?.live == false)
        #expect(entries(next, company).map(\.span) == [span])
        #expect(entries(next, company).map(\.helps) == [offer.assignmentId])
        #expect(entries(offer.engineerId, company).map(\.span) == [span])
        let told = try #require(company.bench.last(CrewChanged.self))
        #expect(told.helperIds == [next] && told.missing == 0 && told.booked == window(hour, hour + 1))
        let assignment = try #require(company.bench.state(Assignment.self, offer.assignmentId))
        #expect(assignment.helperIds == [next] && assignment.helpersMissing == 0)
        #expect(assignment.explanation.crew?.helpers.map(\.engineerId) == [next])
        #expect(assignment.explanation.crew?.rule == "pairs")
        // He may be planned again, as the one before.
        let visits = try company.reading().day.visits
        #expect(visits.first { $0.helps != nil }?.freedom?.staysWithHim == false)
    }

    @Test("two others help: both are booked, and it is told once")
    func twoOthers() throws {
        var company = try Company(engineers: 5)
        company.rules.crew = [CrewDispatchRule(rule: "threes", engineers: 3)]
        let offer = try company.openAndAccept()
        try company.bench.send(BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        let before = try #require(offer.helperIds)
        let others = company.engineers.filter { $0 != offer.engineerId && !before.contains($0) }
        let span = Span(window(5, 6))
        let changes = zip(before, others).map { helper, next in
            DayPlan.Change(
                assignmentId: booking(helper, offer), from: helper, to: next, span: span, travelMinutes: 9,
                helps: offer.assignmentId)
        }
        let reading = try company.reading()
        var planner = BranchPlanner(reading.rules)
        let plan = DayPlan(changes: changes, visits: 3, travelBefore: 3_000, travelAfter: 1_800)
        try carryOut(DraftPlan(reading, plan, by: &planner), &company)
        #expect(company.bench.all(CrewChanged.self).map { Set($0.helperIds) } == [Set(others)])
        for helper in before { #expect(entries(helper, company).isEmpty) }
        for helper in others { #expect(entries(helper, company).map(\.span) == [span]) }
        let assignment = try #require(company.bench.state(Assignment.self, offer.assignmentId))
        #expect(assignment.helpersMissing == 0 && assignment.explanation.crew?.helpers.count == 2)
    }

    enum Change: CaseIterable { case joined, gone, exchanged }

    @Test("where other people go by now nothing is done", arguments: Change.allCases)
    func stale(change: Change) throws {
        var (company, offer, helper) = try company()
        let third = try #require(company.engineers.first { $0 != offer.engineerId && $0 != helper })
        let stale = try draft(company, offer, helper, next: helper, Span(window(6, 7)))
        let helpers: [UUID] =
            switch change {
            case .joined: [helper, third]
            case .gone: []
            case .exchanged: [third]
            }
        try company.bench.send(SetHelpers(assignmentId: offer.assignmentId, helperIds: helpers), to: ReplaceHelpers())
        let events = company.bench.events.count
        try carryOut(stale, &company)
        #expect(company.bench.events.count == events)
        #expect(entries(offer.engineerId, company).map(\.span) == [Span(window(5, 6))])
        for helper in helpers { #expect(entries(helper, company).map(\.span) == [Span(window(5, 6))]) }
    }

    @Test("who was named after a plan was thought of is not exchanged by it, and what he costs is known still")
    func namedMeanwhile() throws {
        var (company, offer, helper) = try company()
        let next = try #require(company.engineers.first { $0 != offer.engineerId && $0 != helper })
        let stale = try draft(company, offer, helper, next: next, Span(window(5, 6)))
        try company.bench.send(
            SetHelpers(assignmentId: offer.assignmentId, helperIds: [helper]), to: ReplaceHelpers())
        try carryOut(stale, &company)
        #expect(entries(next, company).isEmpty && entries(helper, company).count == 1)
        let assignment = try #require(company.bench.state(Assignment.self, offer.assignmentId))
        #expect(assignment.helperIds == [helper])
        #expect(assignment.explanation.crew?.helpers.map(\.engineerId) == [helper])
    }

    @Test("whom a dispatcher named stays, and a visit that lacks somebody stays where it is")
    func bound() throws {
        var (company, offer, helper) = try company()
        func helping(_ company: Company) throws -> BranchDay.Visit? {
            try company.reading().day.visits.first { $0.helps == offer.assignmentId }
        }
        #expect(try helping(company)?.freedom?.staysWithHim == false)
        let third = try #require(company.engineers.first { $0 != offer.engineerId && $0 != helper })
        try company.bench.send(SetHelpers(assignmentId: offer.assignmentId, helperIds: [third]), to: ReplaceHelpers())
        #expect(try helping(company)?.freedom?.staysWithHim == true)
        // So does one whom the rules had found, once he was named.
        var (affirmed, other, found) = try self.company()
        try affirmed.bench.send(SetHelpers(assignmentId: other.assignmentId, helperIds: [found]), to: ReplaceHelpers())
        #expect(try affirmed.reading().day.visits.first { $0.helps != nil }?.freedom?.staysWithHim == true)
        #expect(affirmed.bench.all(CrewChanged.self).isEmpty)
        try company.bench.send(
            SetLeave(engineerId: third, absences: [Absence(window: window(0, 12), kind: .sick)]), to: ReplaceLeave())
        #expect(try company.reading().day.visits.allSatisfy { $0.freedom == nil })
    }

    @Test("on the real database a day that takes two of them to and fro is put in order for both")
    func planned() async throws {
        let service = try await DatabaseTests.Service()
        for number in 1...2 {
            try await service.handle([registration(number)])
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        try await service.handle([SetRules(rules: CrewTests.pairs)])
        for (number, north) in [(1000, 0.1), (1001, -0.1), (1002, 0.1)] {
            let place = Coordinates(latitude: 31.23 + north, longitude: 121.47, crs: .wgs84)
            try await service.handle([opened(number, location: place)])
            try await service.step()
            let offer = try #require(try await service.assignments(uuid(number)).first)
            try await service.handle([
                AcceptAssignment(assignmentId: offer.assignmentId, engineerId: offer.engineerId)
            ])
            try await service.handle([BookSlot(assignmentId: offer.assignmentId, window: window(1, 9))])
        }
        #expect(try await order(service) == [1000, 1001, 1002].map(uuid))
        let planner = DayPlanner(milliseconds: 200)
        try await planner.prepare(service.pool, now: service.time.now)
        #expect(try await service.step(of: planner))
        let after = try await order(service)
        #expect(after.count == 3 && after.firstIndex(of: uuid(1001)) != 1)
        let totals = try await service.totals()
        #expect(totals.dayPlans?.plans == 1 && totals.doubleBookings == 0)
        await service.pool.close()
    }

    /// Of the work orders, by when both are there; without those at which they are not at the same time.
    private func order(_ service: DatabaseTests.Service) async throws -> [UUID] {
        let rows = try await service.pool.query(
            """
            SELECT (state->>'workOrderId')::uuid AS id FROM booking WHERE live
            GROUP BY 1, during HAVING count(*) = 2 ORDER BY lower(during)
            """)
        return try rows.map { try $0.get("id") }
    }
}
