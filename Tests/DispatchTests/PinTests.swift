import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// Visits that plans may not touch, because a person said so.
@Suite("Pins")
struct PinTests {
    /// One of two engineers has a visit that is promised for 13:00 to 15:00; the rules chose him.
    private func company() throws -> (Company, AssignmentOffered) {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        return (company, offer)
    }

    private func pin(
        _ id: UUID, _ pinned: Bool = true, expecting version: Int? = nil, in company: inout Company
    ) throws -> Acknowledgement {
        try company.bench.send(PinVisit(assignmentId: id, pinned: pinned, expectedVersion: version), to: PinAVisit())
    }

    private func assignment(_ id: UUID, in company: Company) throws -> Assignment {
        try #require(company.bench.state(Assignment.self, id))
    }

    @Test("a pinned visit is no plan's any more, and unpinned it is again; said twice it changes nothing")
    func pinned() throws {
        var (company, offer) = try company()
        let id = offer.assignmentId
        #expect(try assignment(id, in: company).isFree)
        let answer = try pin(id, in: &company)
        let pinned = try assignment(id, in: company)
        #expect(!pinned.isFree && pinned.isPinned && !pinned.explanation.manual)
        let again = try pin(id, in: &company)
        #expect(again == answer)
        let freed = try pin(id, false, expecting: answer.version, in: &company)
        #expect(try assignment(id, in: company).isFree)
        let outdated = #expect(throws: Refusal.self) { try pin(id, expecting: answer.version, in: &company) }
        #expect(outdated?.problem.code == PinVisit.outdatedCode)
        #expect(company.bench.version(of: Assignment.self, id) == freed.version)
    }

    @Test("an offer can be pinned before anybody has accepted it, and stays pinned")
    func offered() throws {
        var company = try Company(engineers: 1)
        try company.open()
        try company.dispatch()
        let offer = try company.lastOffer()
        _ = try pin(offer.assignmentId, in: &company)
        try company.accept(offer)
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        #expect(try !assignment(offer.assignmentId, in: company).isFree)
    }

    @Test(
        "who assigns by hand pins by that; unpinned the visit is the plans', though it still says that a person chose")
    func byHand() throws {
        var (company, first) = try company()
        let other = first.engineerId == uuid(1) ? uuid(2) : uuid(1)
        try company.bench.send(AssignEngineer(workOrderId: uuid(100), engineerId: other), to: AssignByHand())
        let offer = try company.lastOffer()
        try company.accept(offer)
        let id = offer.assignmentId
        #expect(try assignment(id, in: company).isPinned)
        _ = try pin(id, false, in: &company)
        let freed = try assignment(id, in: company)
        #expect(freed.isFree && freed.explanation.manual)
        // Naming him once more is a person's decision once more.
        try company.bench.send(AssignEngineer(workOrderId: uuid(100), engineerId: other), to: AssignByHand())
        #expect(try !assignment(id, in: company).isFree)
    }

    @Test("a pin does not outlive an absence: somebody else is sent, and he is not pinned")
    func absence() throws {
        var (company, offer) = try company()
        _ = try pin(offer.assignmentId, in: &company)
        try company.bench.send(
            SetLeave(engineerId: offer.engineerId, absences: [Absence(window: window(0, 48), kind: .sick)]),
            to: ReplaceLeave())
        #expect(company.status(offer) == .withdrawn)
        try company.dispatch()
        let next = try company.lastOffer()
        try company.accept(next)
        #expect(next.engineerId != offer.engineerId && next.agreedWindow == window(5, 7))
        #expect(try assignment(next.assignmentId, in: company).isFree)
    }

    @Test("what is not to be planned any more is refused: unknown, begun, over, declined")
    func refused() throws {
        var (company, offer) = try company()
        func code(_ id: UUID) -> String? {
            let refusal = #expect(throws: Refusal.self) { try pin(id, in: &company) }
            return refusal?.problem.code
        }
        #expect(code(uuid(77)) == "not-found")
        try company.bench.receive(checkedIn(offer, at: hours(1)), by: NoteArrival())
        #expect(code(offer.assignmentId) == "visit-begun")
        try company.bench.receive(ended(offer, at: hours(2)), by: EndVisitedAssignment())
        #expect(code(offer.assignmentId) == "assignment-over")
        try company.open(opened(101))
        try company.dispatch()
        let declined = try company.lastOffer()
        try company.decline(declined)
        #expect(code(declined.assignmentId) == "offer-declined")
    }

    @Test(
        "of what was stored before there were pins, what a person decided is pinned, and nothing else",
        arguments: [true, false])
    func storedBefore(byHand: Bool) throws {
        let (company, offer) = try company()
        var stored = try assignment(offer.assignmentId, in: company)
        stored.explanation.manual = byHand
        var members = try WireJSON.decoder().decode(
            [String: DomainContracts.JSONValue].self, from: try WireJSON.encoder().encode(stored))
        #expect(members.removeValue(forKey: "pinned") != nil)
        let read = try WireJSON.decoder().decode(Assignment.self, from: try WireJSON.encoder().encode(members))
        #expect(read.isPinned == byHand && read.isFree == !byHand)
    }
}
