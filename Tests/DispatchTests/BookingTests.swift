import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

struct BookingTests {
    let links = LinkSigner(secret: String(repeating: "s", count: 32))
    var mover: MoveSlot { MoveSlot(links: links, realNow: { monday }) }

    func token(_ purpose: String = "rebook-slot", work order: Int = 100, expires: Date = hours(72)) -> String {
        links.token(
            for: SignedLink(
                purpose: .init(rawValue: purpose), subject: "work-order/\(uuid(order).uuidString.lowercased())",
                expires: expires))
    }

    func book(_ company: inout Company, _ offer: AssignmentOffered, _ window: TimeWindow) throws -> Acknowledgement {
        try company.bench.send(BookSlot(assignmentId: offer.assignmentId, window: window), to: BookAgreedSlot())
    }

    @discardableResult
    func rebook(
        _ company: inout Company, _ window: TimeWindow, token: String? = nil, by actor: (String, String)? = nil,
        channel: String? = nil
    ) throws -> Acknowledgement {
        try company.bench.send(
            RebookSlot(workOrderId: uuid(100), window: window, initiatedBy: .customer, token: token), to: mover,
            by: actor, channel: channel)
    }

    @Test("the visit takes its place in the agreed window, and leaves the rest of it free")
    func agreed() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        let answer = try book(&company, offer, window(5, 7))
        #expect(answer.status == "accepted")
        let booked = try #require(company.bench.last(AssignmentBooked.self))
        #expect(booked.window == window(5, 7) && booked.originalWindow == window(5, 7) && !booked.rebooked)
        #expect(company.calendar(1).map(\.span.window) == [window(5, 6)])
        let mirror = try #require(company.bench.state(Booking.self, offer.assignmentId))
        #expect(mirror.live && mirror.span.window == window(5, 6))
        #expect(company.bench.all(AssignmentPlanned.self).isEmpty)
        let events = company.bench.events.count
        #expect(try book(&company, offer, window(5, 7)) == answer)
        #expect(company.bench.events.count == events)
    }

    @Test(
        "when the time that was held passes and none was agreed on, the supervisor is told and the engineer keeps the job"
    )
    func noAppointment() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        #expect(company.bench.timers.map(\.kind) == [AppointmentDue.kind])
        #expect(try company.bench.fire(AppointmentDue(), for: offer.assignmentId))
        let escalation = try #require(company.bench.last(DispatchEscalationRaised.self)?.escalation)
        #expect(escalation.supervisorId == uuid(900) && escalation.reason.code == "no_appointment")
        #expect(company.status(offer) == .accepted)
    }

    @Test("who has agreed on a time, or has the job no more, is not asked for one")
    func appointmentMade() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        _ = try book(&company, offer, window(5, 7))
        #expect(company.bench.timers.isEmpty)
        var withdrawn = try Company(engineers: 1)
        _ = try withdrawn.openAndAccept()
        try withdrawn.change(changed(.onHold, from: .accepted))
        #expect(withdrawn.bench.timers.isEmpty)
    }

    @Test("moving a visit keeps the original window for the figures")
    func moved() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        _ = try book(&company, offer, window(5, 7))
        try rebook(&company, window(6, 8), token: token(), by: ("customer", "oX3"))
        let booked = try #require(company.bench.last(AssignmentBooked.self))
        #expect(booked.rebooked && booked.initiatedBy == .customer)
        #expect(booked.window == window(6, 8) && booked.originalWindow == window(5, 7))
        #expect(company.calendar(1).map(\.span.window) == [window(6, 7)])
    }

    @Test("a customer's link moves a visit into the engineer's duty alone; our own people agree on any time")
    func offDuty() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        _ = try book(&company, offer, window(5, 7))
        // At three in the morning.
        let night = window(19, 20)
        #expect(throws: Refusal.engineerAway) {
            try rebook(&company, night, token: token(), by: ("customer", "oX3"))
        }
        try rebook(&company, night)
        #expect(company.calendar(1).map(\.span.window) == [night])
    }

    @Test(
        "a window in which another booking leaves no room is refused; where it leaves some, the visit begins after it")
    func collision() throws {
        var company = try Company(engineers: 1)
        let first = try company.openAndAccept()
        try company.open(opened(101))
        try company.dispatch()
        let second = try company.lastOffer()
        try company.accept(second)
        #expect(first.proposedWindow == window(1, 2) && second.proposedWindow == window(2, 3))
        #expect(throws: Refusal.slotTaken) { try book(&company, second, window(1, 2)) }
        #expect(throws: Refusal.slotTaken) { try rebook(&company, window(1.5, 3)) }
        #expect(company.calendar(1).map(\.span.window) == [window(1, 2), window(2, 3)])
        _ = try book(&company, second, window(1, 4))
        #expect(company.calendar(1).map(\.span.window) == [window(1, 2), window(2, 3)])
        let planned = try #require(company.bench.last(AssignmentPlanned.self))
        #expect(planned.window == window(1, 4) && planned.planned == window(2, 3))
    }

    @Test("a new window takes the planned time of the old one back")
    func plannedAnew() throws {
        var company = try Company(engineers: 1)
        _ = try company.openAndAccept()
        try company.open(opened(101))
        try company.dispatch()
        let second = try company.lastOffer()
        try company.accept(second)
        _ = try book(&company, second, window(1, 4))
        _ = try book(&company, second, window(5, 7))
        let assignment = try #require(company.bench.state(Assignment.self, second.assignmentId))
        #expect(assignment.planned == nil && assignment.toldStart == hours(5))
        #expect(company.bench.all(AssignmentPlanned.self).count == 1)
    }

    @Test(
        "a window must be some time long, and ahead",
        arguments: [
            (window(5, 5), "invalid-message"), (window(6, 5), "invalid-message"),
            (window(1, 24 * 9), "invalid-message"),
            (window(-2, -1), "window-past"), (window(-13, 2), "window-past"),
            (window(24 * 400, 24 * 400 + 1), "invalid-message"),
        ])
    func badWindows(window: TimeWindow, code: String) throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        let refusal = #expect(throws: Refusal.self) { try book(&company, offer, window) }
        #expect(refusal?.problem.code == code)
    }

    @Test("nothing is booked before the engineer accepts")
    func notAccepted() throws {
        var company = try Company(engineers: 1)
        try company.open()
        try company.dispatch()
        let offer = try company.lastOffer()
        #expect(throws: offerIsOver(.offered)) { try book(&company, offer, window(5, 7)) }
        let refusal = #expect(throws: Refusal.self) { try rebook(&company, window(5, 7)) }
        #expect(refusal?.problem.code == "offer-pending")
    }

    @Test("a customer moves his own visit only, with a link made for that, in time")
    func tokens() throws {
        var company = try Company(engineers: 1)
        _ = try company.openAndAccept()
        let customer = ("customer", "oX3")
        let bad: [String?] = [
            nil, "v1.x.y", token("accept-quote"), token(work: 101), token(expires: monday.addingTimeInterval(-1)),
        ]
        for token in bad {
            let refusal = #expect(throws: Refusal.self) {
                try rebook(&company, window(5, 7), token: token, by: customer)
            }
            #expect(refusal?.problem.status == 403)
        }
        // What comes by a channel is a customer's, whoever it says it is.
        #expect(throws: Refusal.self) { try rebook(&company, window(5, 7), by: ("user", "u"), channel: "wechat") }
        try rebook(&company, window(5, 7), token: token(), by: ("adapter", "wechat"), channel: "wechat")
        try rebook(&company, window(6, 7), by: ("engineer", "e1"))
    }

    @Test("after nobody was home the customer's new time opens the same round, with the same engineer first")
    func afterNoAccess() throws {
        var company = try Company(engineers: 3)
        let offer = try company.openAndAccept()
        company.bench.now = hours(2)
        try company.bench.receive(ended(offer, .noAccess, at: hours(1.5)), by: EndVisitedAssignment())
        #expect(company.job()?.status == .idle)
        try rebook(&company, window(30, 32), token: token(), by: ("customer", "oX3"))
        try company.dispatch()
        let again = try company.lastOffer()
        #expect(again.engineerId == offer.engineerId && again.round == 1)
        #expect(again.proposedWindow == window(30, 31))
    }

    @Test("after work was done there is nothing to move")
    func afterWork() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.bench.receive(ended(offer, at: hours(1.5)), by: EndVisitedAssignment())
        let refusal = #expect(throws: Refusal.self) { try rebook(&company, window(30, 32)) }
        #expect(refusal?.problem.code == "nothing-booked")
    }

    @Test("offered windows hold a visit, lie in the shift and not over one another, cheapest first")
    func slots() throws {
        var company = try Company(engineers: 1)
        _ = try company.openAndAccept()
        try company.open(opened(101))
        try company.dispatch()
        try company.accept(company.lastOffer())
        let answer = try company.bench.send(OfferSlots(workOrderId: uuid(100), count: 20), to: OfferFreeSlots())
        #expect(answer.slots.count == 20)
        #expect(answer.slots.prefix(3).map(\.window) == [window(0, 2), window(2, 4), window(4, 6)])
        let byTime = answer.slots.map(\.window).sorted { $0.start < $1.start }
        #expect(zip(byTime, byTime.dropFirst()).allSatisfy { $0.end <= $1.start })
        // The shift ends at five: the last window is shorter.
        #expect(answer.slots.contains { $0.window == window(8, 9) })
        let narrow = try company.bench.send(
            OfferSlots(workOrderId: uuid(100), notBefore: hours(26), notAfter: hours(28), windowMinutes: 60),
            to: OfferFreeSlots())
        #expect(narrow.slots.map(\.window) == [window(26, 27), window(27, 28)])
    }

    @Test("what has to be fetched first takes its time from the windows that are offered, and from the one agreed on")
    func byDepot() throws {
        var company = try Company(engineers: 1)
        var engineer = registration(1)
        engineer.depot = Coordinates(latitude: shanghai.latitude + 0.1, longitude: shanghai.longitude, crs: .wgs84)
        try company.bench.send(engineer, to: RegisterAnEngineer())
        var needs = need()
        needs.parts = [PlannedPart(partCode: "pump", quantity: 1)]
        try company.open(opened(need: needs))
        try company.dispatch()
        let offer = try company.lastOffer()
        try company.accept(offer)
        let hour = OfferSlots(workOrderId: uuid(100), notAfter: hours(2), count: 20, windowMinutes: 60)
        // An hour and a quarter by way of the depot.
        #expect(try company.bench.send(hour, to: OfferFreeSlots()).slots.map(\.window) == [window(1, 2)])
        _ = try book(&company, offer, window(0, 2))
        let entry = try #require(company.calendar(1).first)
        #expect(entry.fetches == true && entry.span.start > hours(1).epoch)
        let van = VanPart(engineerId: uuid(1), partCode: "pump", onHand: 1, sequence: 1)
        company.bench.put(van, VanPart.id(of: "pump", in: uuid(1)))
        #expect(try company.bench.send(hour, to: OfferFreeSlots()).slots.map(\.window).count == 2)
    }

    @Test("a minute of travel that is saved is not worth days of waiting")
    func nearFirst() throws {
        var company = try Company(engineers: 1)
        try company.open(opened(location: Coordinates(latitude: 31.4, longitude: 121.47, crs: .wgs84)))
        try company.dispatch()
        try company.accept(company.lastOffer())
        let slots = try company.bench.send(OfferSlots(workOrderId: uuid(100), count: 4), to: OfferFreeSlots()).slots
        // Early on Saturday the road is free.
        #expect(slots.count == 4 && slots.allSatisfy { $0.window.end <= hours(34) })
    }

    @Test("a window that other bookings leave no room in is not offered")
    func fullWindow() throws {
        var company = try Company(engineers: 1)
        let first = try company.openAndAccept()
        try company.open(opened(101))
        try company.dispatch()
        try company.accept(company.lastOffer())
        _ = try book(&company, first, window(5, 6))
        // His own booking does not stand in his way; the other's, 10:00 to 11:00, does.
        let answer = try company.bench.send(
            OfferSlots(workOrderId: uuid(100), notAfter: hours(9), count: 20, windowMinutes: 60), to: OfferFreeSlots())
        #expect(!answer.slots.contains { $0.window == window(2, 3) })
        #expect(answer.slots.contains { $0.window == window(5, 6) })
    }

    @Test("slots need an engineer, a work order and a sensible count")
    func slotRefusals() throws {
        var company = try Company(engineers: 1)
        #expect(throws: Refusal.notFound("/data/workOrderId", "work order")) {
            try company.bench.send(OfferSlots(workOrderId: uuid(100)), to: OfferFreeSlots())
        }
        try company.open()
        let nobody = #expect(throws: Refusal.self) {
            try company.bench.send(OfferSlots(workOrderId: uuid(100)), to: OfferFreeSlots())
        }
        #expect(nobody?.problem.code == "nobody-assigned")
        let count = #expect(throws: Refusal.self) {
            try company.bench.send(OfferSlots(workOrderId: uuid(100), count: 21), to: OfferFreeSlots())
        }
        #expect(count?.problem.errors.map(\.pointer) == ["/data/count"])
        let length = #expect(throws: Refusal.self) {
            try company.bench.send(OfferSlots(workOrderId: uuid(100), windowMinutes: 14), to: OfferFreeSlots())
        }
        #expect(length?.problem.errors.map(\.pointer) == ["/data/windowMinutes"])
    }
}
