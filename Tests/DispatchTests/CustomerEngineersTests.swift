import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// Whom a customer wants to come, and whom not.
struct CustomerEngineersTests {
    /// The customer of all orders that `opened` makes.
    private let customer = uuid(5000)

    private func without(_ excluded: [UUID], preferring preferred: [UUID] = []) -> SetCustomerEngineers {
        SetCustomerEngineers(
            customerId: customer, preferredEngineerIds: preferred, excludedEngineerIds: excluded,
            note: "asked for by telephone")
    }

    @discardableResult
    private func set(
        _ command: SetCustomerEngineers, in company: inout Company
    ) throws -> CustomerEngineersSet {
        try company.bench.send(command, to: ReplaceCustomerEngineers())
    }

    @Test("whom he excludes gives back what he has before him there; somebody else comes at the time that was agreed")
    func givenBack() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        let answer = try set(without([offer.engineerId]), in: &company)
        #expect(answer.subject == "customer-engineers/\(customer.text)" && answer.version == 1)
        #expect(
            answer.givenAway == [
                ExcludedVisit(
                    assignmentId: offer.assignmentId, workOrderId: uuid(100), workOrderNumber: "WO-20261116-100",
                    engineerId: offer.engineerId, hasBegun: false)
            ])
        #expect(answer.kept.isEmpty)
        #expect(company.bench.last(AssignmentWithdrawn.self)?.reason == .engineerExcluded)
        let told = try #require(company.bench.last(CustomerEngineersChanged.self))
        #expect(told.visitsGivenAway == 1 && told.excludedEngineerIds == [offer.engineerId])
        try company.dispatch()
        let next = try company.lastOffer()
        #expect(next.engineerId != offer.engineerId && next.proposedWindow.start == hours(5))
        #expect(next.explanation.excluded == [RuleExclusion(rule: "excluded", count: 1)])
        // Whom he excludes is not taken from other customers.
        try company.open(opened(101))
        var other = opened(102)
        other.customerId = uuid(5002)
        try company.open(other)
        try company.dispatch()
        #expect(
            company.bench.all(AssignmentOffered.self).filter { $0.workOrderId == uuid(101) }.map(\.engineerId) == [
                next.engineerId
            ])
        #expect(
            company.bench.all(AssignmentOffered.self).filter { $0.workOrderId == uuid(102) }.map(\.engineerId) == [
                offer.engineerId
            ])
        #expect(try set(without([offer.engineerId]), in: &company).givenAway.isEmpty)
    }

    @Test("an offer that he has yet to answer is withdrawn; it cannot be accepted any more")
    func offered() throws {
        var company = try Company(engineers: 2)
        try company.open()
        try company.dispatch()
        let offer = try company.lastOffer()
        #expect(try set(without([offer.engineerId]), in: &company).givenAway.count == 1)
        #expect(throws: Refusal.self) { try company.accept(offer) }
        try company.dispatch()
        #expect(try company.lastOffer().engineerId != offer.engineerId)
    }

    @Test("what he has begun stays his, and what a person has given him: the answer says so")
    func kept() throws {
        var company = try Company(engineers: 2)
        let begun = try company.openAndAccept()
        company.bench.now = hours(1.5)
        try company.bench.receive(checkedIn(begun, at: hours(1.25)), by: NoteArrival())
        try company.open(opened(101))
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(101), engineerId: begun.engineerId), to: AssignByHand())
        let answer = try set(without([begun.engineerId]), in: &company)
        #expect(answer.givenAway.isEmpty)
        #expect(
            answer.kept.map(\.workOrderId) == [uuid(100), uuid(101)] && answer.kept.map(\.hasBegun) == [true, false])
        #expect(company.status(begun) == .accepted && company.job(101)?.status == .offered)
        #expect(company.bench.all(AssignmentWithdrawn.self).isEmpty)
    }

    @Test("a dispatcher may send whom he excludes, and the reasons say that it breaks the rule")
    func byHand() throws {
        var company = try Company(engineers: 2)
        try set(without([uuid(2)]), in: &company)
        try company.open()
        try company.bench.send(AssignEngineer(workOrderId: uuid(100), engineerId: uuid(2)), to: AssignByHand())
        #expect(try company.lastOffer().explanation.excluded == [RuleExclusion(rule: "excluded", count: 1)])
    }

    @Test("who was there before he heard of it has his visit again")
    func tooLate() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try set(without([offer.engineerId]), in: &company)
        try company.dispatch()
        let next = try company.lastOffer()
        company.bench.now = hours(1.5)
        try company.bench.receive(checkedIn(offer, at: hours(1.25)), by: NoteArrival())
        #expect(company.status(offer) == .accepted && company.status(next) == .withdrawn)
    }

    @Test("a helper whom he excludes is let go, unless a dispatcher has named him")
    func helpers() throws {
        var company = try Company(engineers: 3)
        company.rules = CrewTests.pairs
        let offer = try company.openAndAccept()
        let helper = try #require(offer.helperIds?.first)
        let other = try #require(company.engineers.first { $0 != offer.engineerId && $0 != helper })
        let answer = try set(without([helper]), in: &company)
        #expect(answer.givenAway.map(\.engineerId) == [helper] && answer.givenAway.map(\.workOrderId) == [uuid(100)])
        let assignment = try #require(company.bench.state(Assignment.self, offer.assignmentId))
        #expect(assignment.status == .accepted && assignment.helpers == [] && assignment.helpersMissing == 1)
        try company.bench.send(
            SetHelpers(assignmentId: offer.assignmentId, helperIds: [other]), to: ReplaceHelpers())
        let again = try set(without([helper, other]), in: &company)
        #expect(again.givenAway.isEmpty && again.kept.map(\.engineerId) == [other])
    }

    @Test("no times are named of whom he excludes, though he was there last and nobody else is booked")
    func slots() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.bench.receive(ended(offer, .noAccess, at: hours(1)), by: EndVisitedAssignment())
        let slots = OfferSlots(workOrderId: uuid(100))
        #expect(try company.bench.send(slots, to: OfferFreeSlots()).slots.isEmpty == false)
        try set(without([offer.engineerId]), in: &company)
        let refusal = #expect(throws: Refusal.self) { try company.bench.send(slots, to: OfferFreeSlots()) }
        #expect(refusal?.problem.code == "nobody-assigned")
    }

    @Test("what is no list is refused with pointers, and so is an engineer whom nobody knows")
    func refused() throws {
        var company = try Company(engineers: 2)
        func pointers(_ command: SetCustomerEngineers) -> [String] {
            let refusal = #expect(throws: Refusal.self) { try set(command, in: &company) }
            return refusal?.problem.errors.map(\.pointer) ?? []
        }
        #expect(
            pointers(without([uuid(1), uuid(1)], preferring: [uuid(2), uuid(1)])) == [
                "/data/excludedEngineerIds/1", "/data/preferredEngineerIds/1",
            ])
        #expect(
            pointers(without((1...51).map(uuid), preferring: (100...110).map(uuid))) == [
                "/data/preferredEngineerIds", "/data/excludedEngineerIds",
            ])
        var wordy = without([])
        wordy.note = String(repeating: "字", count: 501)
        #expect(pointers(wordy) == ["/data/note"])
        #expect(pointers(without([uuid(1), uuid(77)])) == ["/data/excludedEngineerIds/1"])
        #expect(pointers(without([], preferring: [uuid(77)])) == ["/data/preferredEngineerIds/0"])
        #expect(company.bench.state(CustomerEngineers.self, customer) == nil)
        #expect(company.bench.all(CustomerEngineersChanged.self).isEmpty)
    }

    @Test("of two who say it at once the second is refused; the same said again is no news")
    func twoEditors() throws {
        var company = try Company(engineers: 2)
        var first = without([uuid(1)])
        first.expectedVersion = 0
        #expect(try set(first, in: &company).version == 1)
        var second = without([uuid(2)])
        second.expectedVersion = 0
        let refusal = #expect(throws: Refusal.self) { try set(second, in: &company) }
        #expect(refusal?.problem.code == SetCustomerEngineers.outdatedCode && refusal?.problem.status == 409)
        first.expectedVersion = 1
        #expect(try set(first, in: &company).version == 1)
        #expect(company.bench.all(CustomerEngineersChanged.self).count == 1)
        second.expectedVersion = 1
        second.note = " "
        #expect(try set(second, in: &company).version == 2)
        let kept = try #require(company.bench.state(CustomerEngineers.self, customer))
        #expect(kept.excluded == [uuid(2)] && kept.note == nil && kept.changedBy == "tester")
    }

    @Test("of somebody who is forgotten nothing is said any more")
    func erased() throws {
        var company = try Company(engineers: 1)
        company.bench.put(CustomerEngineers.erased, customer)
        let refusal = #expect(throws: Refusal.self) { try set(without([uuid(1)]), in: &company) }
        #expect(refusal?.problem.code == "customer-erased")
    }
}
