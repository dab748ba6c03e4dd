import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Feedback

@Suite("telling people") struct NotificationTests {
    @Test("a new order's customer is told its number on his own channel, once")
    func receipt() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        try desk.open()
        let told = try #require(desk.told.first)
        #expect(desk.told.count == 1)
        #expect(told.template == "report-received")
        #expect(told.channel == "wechat")
        #expect(told.recipient.phone == "+8613800138000")
        #expect(told.parameters["workOrderNumber"] == desk.number)
    }

    @Test("what comes before the contact waits for the contact, and for the order what comes before that")
    func waiting() throws {
        var desk = Desk()
        let contact = "contact/\(desk.contact.uuidString.lowercased())"
        let order = "work-order/\(desk.order.uuidString.lowercased())"
        #expect(try desk.open() == .notYet(waitingFor: contact))
        #expect(try desk.confirm() == .notYet(waitingFor: order))
        #expect(try desk.book(3600, sequence: 1) == .notYet(waitingFor: order))
        #expect(try desk.close() == .notYet(waitingFor: order))
        try desk.meet()
        #expect(try desk.open() == .applied)
    }

    @Test("the newest contact data count, whatever order they come in")
    func newestContact() throws {
        var desk = Desk()
        try desk.meet(phone: "+862", sequence: 2)
        try desk.meet(phone: "+861", sequence: 1)
        #expect(desk.bench.state(Contact.self, desk.contact)?.phone == "+862")
    }

    @Test("only the event carries contact data; what is kept of it does not")
    func noContactData() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        let id = try #require(desk.told.first?.notificationId)
        let kept = try #require(desk.bench.state(Feedback.Notification.self, id))
        let json = String(decoding: try WireJSON.encoder().encode(kept), as: UTF8.self)
        #expect(!json.contains("13800138000") && !json.contains("王敏") && !json.contains("oX3"))
    }

    @Test("a customer without a channel gets no notification")
    func unreachable() throws {
        var desk = Desk()
        try desk.meet(channel: "none", phone: nil)
        try desk.open()
        try desk.book(3600, sequence: 1)
        #expect(desk.told.isEmpty)
    }

    @Test("each booking is told once, and never an older one after a newer")
    func bookings() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        try desk.book(3600, sequence: 2)
        try desk.book(3600, sequence: 2)
        try desk.book(90_000, sequence: 5, rebooked: true)
        try desk.book(50_000, sequence: 4, rebooked: true)
        let booked = desk.told.filter { $0.template == "visit-booked" }
        #expect(booked.map { $0.parameters["rebooked"] } == ["false", "true"])
        #expect(booked.last?.parameters["windowStart"] == DomainContracts.RFC3339.format(desk.bench.now + 90_000))
    }

    @Test("a quote is put before the customer once, with links that fit the estimate")
    func quote() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        let estimate = desk.id("estimate")
        func prepared(_ decision: EstimateDecision, _ total: Int = 12_500) -> EstimatePrepared {
            EstimatePrepared(
                estimateId: estimate, workOrderId: desk.order, workOrderNumber: desk.number, visitId: desk.order,
                decision: decision, total: Money(total, "CNY"), reason: CodedReason(code: "price-book"),
                preparedAt: desk.bench.now, validUntil: desk.bench.now)
        }
        let handler = AskAboutEstimate(desk: desk.links)
        try desk.bench.receive(prepared(.none), by: handler)
        try desk.bench.receive(prepared(.approval), by: handler)
        #expect(desk.told.count == 1)
        try desk.bench.receive(
            EstimateApproved(
                estimateId: estimate, workOrderId: desk.order, workOrderNumber: desk.number, visitId: desk.order,
                decision: .quote, total: Money(12_500, "CNY"), approvedAt: desk.bench.now,
                validUntil: desk.bench.now),
            by: AskAboutApprovedEstimate(desk: desk.links))
        try desk.bench.receive(prepared(.quote), by: handler)
        #expect(desk.told.count == 2)
        let asked = try #require(desk.told.last)
        #expect(asked.estimateId == estimate)
        #expect(asked.parameters["amount"] == "12500")
        #expect(desk.links.holds(try #require(asked.token), for: AcceptQuote.self, about: estimate))
        let refuse = try #require(asked.parameters["refuseToken"])
        #expect(desk.links.holds(refuse, for: RefuseQuote.self, about: estimate))
        #expect(!desk.links.holds(refuse, for: AcceptQuote.self, about: estimate))
        // Told anew at another price, it is put before him again, with the same links.
        for _ in 1...2 { try desk.bench.receive(prepared(.quote, 5_000), by: handler) }
        #expect(desk.told.count == 3 && desk.told.last?.parameters["amount"] == "5000")
        #expect(desk.told.last?.token == asked.token)
    }

    @Test("an incomplete request's sender is asked for what is missing")
    func incomplete() throws {
        var desk = Desk()
        let event = RequestIncomplete(
            requestId: desk.id("request"), requestNumber: "SR-1", channel: "wechat", contactId: desk.contact,
            missing: ["/data/site/address"], receivedAt: desk.bench.now, language: "zh-Hans")
        #expect(try desk.bench.receive(event, by: AskForWhatIsMissing()) != .applied)
        try desk.meet()
        try desk.bench.receive(event, by: AskForWhatIsMissing())
        try desk.bench.receive(event, by: AskForWhatIsMissing())
        #expect(desk.told.map(\.template) == ["request-incomplete"])
        #expect(desk.told.first?.parameters["missing"] == "/data/site/address")
        var again = event
        again.remindedAt = desk.bench.now + 7_200
        for _ in 1...2 { try desk.bench.receive(again, by: AskForWhatIsMissing()) }
        #expect(desk.told.map(\.template) == ["request-incomplete", "request-incomplete"])
        var unknown = event
        unknown.contactId = nil
        #expect(try desk.bench.receive(unknown, by: AskForWhatIsMissing()) == .applied)
    }

    @Test("a request that nobody completes is told to whom its escalation names, once")
    func forgottenRequest() throws {
        var desk = Desk()
        let event = RequestEscalated(
            requestId: desk.id("request"), requestNumber: "SR-1",
            escalation: Escalation(
                escalationId: desk.id("escalation"), step: 2, toRole: "supervisor",
                reason: CodedReason(code: "request_incomplete", parameters: ["requestNumber": "SR-1"]),
                raisedAt: desk.bench.now))
        for _ in 1...2 { try desk.bench.receive(event, by: PassOnRequestEscalation()) }
        let told = try #require(desk.told.first)
        #expect(desk.told.count == 1 && told.template == "escalation" && told.recipient.role == "supervisor")
        #expect(told.parameters["requestNumber"] == "SR-1" && told.parameters["reason"] == "request_incomplete")
        #expect(told.workOrderId == nil)
    }

    @Test("an escalation reaches the supervisor of the engineer it names, once")
    func escalation() throws {
        var desk = Desk()
        try desk.hire()
        let event = DispatchEscalationRaised(
            workOrderId: desk.order, workOrderNumber: desk.number,
            escalation: Escalation(
                escalationId: desk.id("escalation"), step: 2, toRole: "supervisor", engineerId: desk.engineer,
                reason: CodedReason(code: "lease-expired"), raisedAt: desk.bench.now))
        try desk.bench.receive(event, by: PassOnDispatchEscalation())
        try desk.bench.receive(event, by: PassOnDispatchEscalation())
        let told = try #require(desk.told.first)
        #expect(desk.told.count == 1)
        #expect(told.channel == "internal")
        #expect(told.recipient == NotificationRecipient(role: "supervisor", engineerId: desk.supervisor))
        #expect(told.parameters["reason"] == "lease-expired")
    }

    @Test("an approval that nobody gives is told to those who give it, once")
    func approvalAwaited() throws {
        var desk = Desk()
        let event = BillingEscalationRaised(
            estimateId: desk.id("estimate"), workOrderId: desk.order, workOrderNumber: desk.number,
            escalation: Escalation(
                escalationId: desk.id("escalation"), step: 3, toRole: "manager",
                reason: CodedReason(code: "approval_awaited"), raisedAt: desk.bench.now))
        for _ in 1...2 { try desk.bench.receive(event, by: PassOnBillingEscalation()) }
        #expect(desk.told.map(\.recipient.role) == ["manager"])
        #expect(desk.told.first?.parameters["reason"] == "approval_awaited")
    }

    @Test("that an appointment cannot be kept is told to the supervisor and to the customer, once")
    func lostAppointment() throws {
        var desk = Desk()
        try desk.hire()
        try desk.meet()
        try desk.open()
        let before = desk.told.count
        let window = ["windowStart": "2026-11-21T06:00:00.000Z", "windowEnd": "2026-11-21T08:00:00.000Z"]
        let event = DispatchEscalationRaised(
            workOrderId: desk.order, workOrderNumber: desk.number,
            escalation: Escalation(
                escalationId: desk.id("escalation"), step: 2, toRole: "supervisor", engineerId: desk.engineer,
                reason: CodedReason(code: Escalation.promiseBroken, parameters: window), raisedAt: desk.bench.now))
        try desk.bench.receive(event, by: PassOnDispatchEscalation())
        try desk.bench.receive(event, by: PassOnDispatchEscalation())
        let told = desk.told.dropFirst(before)
        #expect(told.map(\.template).sorted() == ["appointment-lost", "escalation"])
        let customers = try #require(told.first { $0.template == "appointment-lost" })
        #expect(customers.channel != "internal" && customers.parameters == window)
        #expect(customers.workOrderId == desk.order)
    }

    @Test("a warning goes to the engineer whose turn it is, a breach to his supervisor")
    func slaClocks() throws {
        var desk = Desk()
        try desk.hire()
        try desk.meet()
        try desk.open()
        try desk.book(3600, sequence: 1)
        let clock = ClockState(
            clock: .arrival, status: .running, targetSeconds: 14_400, startedAt: desk.bench.now, pausedSeconds: 0)
        let warned = SLAClockWarned(
            workOrderId: desk.order, workOrderNumber: desk.number, clock: clock, responsible: .engineer)
        try desk.bench.receive(warned, by: WarnOfClock())
        try desk.bench.receive(warned, by: WarnOfClock())
        try desk.bench.receive(
            SLAClockBreached(
                workOrderId: desk.order, workOrderNumber: desk.number, clock: clock, responsible: .engineer),
            by: TellOfBreach())
        let inside = desk.told.filter { $0.channel == "internal" }
        #expect(inside.map(\.template) == ["sla-warning", "sla-breach"])
        #expect(inside.map(\.recipient.engineerId) == [desk.engineer, desk.supervisor])
        #expect(inside.first?.recipient.name == "李强")
    }
}
