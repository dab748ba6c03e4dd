import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("Whoever is not vouched for")
struct StrangerTests {
    var intake = IntakeBench()

    struct Guise: Sendable, CustomTestStringConvertible {
        let rule: MatchRule
        let channel: String
        let says: ReportedCustomer
        var testDescription: String { "\(rule.rawValue) on \(channel)" }
    }

    @Test(
        "says a customer's phone or e-mail address, is served as him, and changes nothing of how he is reached",
        arguments: [
            Guise(rule: .phone, channel: "web", says: ReportedCustomer(phone: "13800138000", email: "me@evil.example")),
            Guise(
                rule: .phone, channel: "web",
                says: ReportedCustomer(name: "Me", phone: "13800138000", kind: .company, customerNumber: "C-9")),
            Guise(rule: .phone, channel: "wechat", says: ReportedCustomer(phone: "13800138000", channelUserId: "evil")),
            Guise(rule: .email, channel: "email", says: ReportedCustomer(name: "Me", email: "Wang@example.com")),
            Guise(
                rule: .email, channel: "phone", says: ReportedCustomer(phone: "13911112222", email: "wang@example.com")),
        ])
    mutating func nothingLearnt(guise: Guise) throws {
        let first = try intake.opened(Self.victims)
        let customer = intake.bench.state(Customer.self, first.customerId)
        let contact = intake.bench.state(ContactPoint.self, first.contactId)
        let second = try intake.opened(Self.report(guise.says, by: guise.channel), id: "r-2")
        #expect(second.customerId == first.customerId)
        let match = intake.bench.state(ServiceRequest.self, second.requestId)?.customerMatch
        #expect(match == PartyMatch(rule: guise.rule, confidence: guise.rule == .phone ? 90 : 85))
        #expect(intake.bench.state(Customer.self, first.customerId) == customer)
        #expect(intake.bench.state(ContactPoint.self, first.contactId) == contact)
        // What is said of this order goes where this report said, and nothing else does.
        let own = try #require(intake.bench.state(ContactPoint.self, second.contactId))
        #expect(second.contactId != first.contactId && own.channel == guise.channel)
        #expect(own.channelUserId == guise.says.channelUserId && own.email == guise.says.email)
        for key in ["email:me@evil.example", "channel:wechat:evil", "phone:+8613911112222", "customer:C-9"] {
            #expect(intake.bench.state(LookupEntry.self, IntakeID.lookup(key)) == nil)
        }
        // The customer's next order is told to him as ever.
        #expect(try intake.opened(Self.victims, id: "r-3").contactId == first.contactId)
    }

    @Test("and who says another address than one before him has that report's news, and not the other's")
    mutating func severalStrangers() throws {
        let first = try intake.opened(Self.victims)
        let phone = ReportedCustomer(phone: "13800138000")
        let plain = try intake.opened(Self.report(phone), id: "r-2")
        let evil = try intake.opened(
            Self.report(ReportedCustomer(name: "Me", phone: "13800138000", email: "me@evil.example")), id: "r-3")
        #expect(Set([first.contactId, plain.contactId, evil.contactId]).count == 3)
        let contact = try #require(intake.bench.state(ContactPoint.self, plain.contactId))
        #expect(contact.email == nil && contact.name == nil)
        #expect(try intake.opened(Self.report(phone), id: "r-4").contactId == plain.contactId)
    }

    @Test("a customer of the web who says just what he said before is told as before; a new address is this order's")
    mutating func ordinary() throws {
        let said = ReportedCustomer(name: "李强", phone: "13900139000", email: "li@example.com")
        let first = try intake.opened(Self.report(said))
        #expect(try intake.opened(Self.report(said), id: "r-2").contactId == first.contactId)
        var moved = said
        moved.email = "li@new.example.com"
        let third = try intake.opened(Self.report(moved), id: "r-3")
        #expect(third.customerId == first.customerId && third.contactId != first.contactId)
        #expect(intake.bench.state(ContactPoint.self, third.contactId)?.email == "li@new.example.com")
        #expect(intake.bench.state(ContactPoint.self, first.contactId)?.email == "li@example.com")
        // By the new address alone he is taken for somebody who speaks for the customer.
        let fourth = try intake.opened(Self.report(ReportedCustomer(email: "li@new.example.com")), id: "r-4")
        #expect(fourth.customerId == first.customerId)
        let match = intake.bench.state(ServiceRequest.self, fourth.requestId)?.customerMatch
        #expect(match == PartyMatch(rule: .reporter, confidence: 70))
    }

    @Test("a call vouches for its number, and one of us for what he writes down: both change how he is reached")
    mutating func vouchedFor() throws {
        let first = try intake.opened(Self.victims)
        let called = try intake.opened(Self.report(ReportedCustomer(phone: "13800138000"), by: "phone"), id: "r-2")
        #expect(called.contactId == first.contactId)
        #expect(intake.bench.state(ContactPoint.self, first.contactId)?.channel == "phone")
        let written = Self.report(ReportedCustomer(phone: "13900139000", email: "wang@example.com"), by: "wechat")
        try takenByUs(written, as: "user")
        let contact = try #require(intake.bench.state(ContactPoint.self, first.contactId))
        #expect(contact.channel == "wechat" && contact.phone == "+8613900139000")
        // Without a channel's key nobody else speaks.
        #expect(try refusal { try takenByUs(written, as: "adapter") }.status == 403)
    }

    @Test("an agent who completes a report vouches for what he adds, and not for what a stranger said before")
    mutating func completed() throws {
        let first = try intake.opened(Self.victims)
        let contact = intake.bench.state(ContactPoint.self, first.contactId)
        var evil = Self.report(ReportedCustomer(phone: "13800138000", email: "me@evil.example"))
        evil.problem = nil
        let taken = try intake.report(evil, id: "r-2")
        try complete(taken.requestId, CompleteRequest(requestId: taken.requestId, problem: "漏油"))
        #expect(intake.bench.state(ContactPoint.self, first.contactId) == contact)
        var honest = Self.report(ReportedCustomer(email: "li@example.com"))
        honest.problem = nil
        let other = try intake.report(honest, id: "r-3")
        try complete(
            other.requestId,
            CompleteRequest(
                requestId: other.requestId, customer: ReportedCustomer(phone: "13900139000"), problem: "漏油"))
        let request = try #require(intake.bench.state(ServiceRequest.self, other.requestId))
        #expect(request.contactId == IntakeID.contact(of: request.customerId))
        #expect(intake.bench.state(ContactPoint.self, request.contactId)?.phone == "+8613900139000")
        #expect(
            try intake.opened(Self.report(ReportedCustomer(phone: "13900139000"), by: "phone"), id: "r-4").customerId
                == request.customerId)
    }

    @Test("names whom to meet on site as he likes for that report; whom we know there stays as he is")
    mutating func siteContact() throws {
        let keeper = ReportedContact(name: "门卫", phone: "010-66550000")
        let first = try intake.opened(Self.victim(meeting: keeper))
        let known = try #require(first.siteContactId.flatMap { intake.bench.state(ContactPoint.self, $0) })
        #expect(known.name == "门卫" && known.phone == "+861066550000")
        var stranger = Self.report(ReportedCustomer(phone: "13800138000"))
        stranger.contact = ReportedContact(name: "Me", phone: "010-66550000")
        let second = try intake.opened(stranger, id: "r-2")
        #expect(second.customerId == first.customerId && second.siteContactId != known.id)
        let own = try #require(second.siteContactId.flatMap { intake.bench.state(ContactPoint.self, $0) })
        #expect(own.name == "Me" && own.phone == "+861066550000")
        #expect(intake.bench.state(ContactPoint.self, known.id) == known)
        // Who says the same of him is led to the same, and who says nothing new to the one we know.
        #expect(try intake.opened(stranger, id: "r-3").siteContactId == own.id)
        stranger.contact = ReportedContact(phone: "01066550000")
        #expect(try intake.opened(stranger, id: "r-4").siteContactId == known.id)
        // An agent who adds the problem says nothing of whom to meet.
        (stranger.contact, stranger.problem) = (ReportedContact(name: "X", phone: "010-66550000"), nil)
        let taken = try intake.report(stranger, id: "r-5")
        try complete(taken.requestId, CompleteRequest(requestId: taken.requestId, problem: "漏油"))
        #expect(intake.bench.state(ContactPoint.self, known.id) == known)
    }

    @Test("the customer himself and one of us say who is met on site from now on, and what was corrected stays")
    mutating func siteContactVouchedFor() throws {
        let first = try intake.opened(Self.victim(meeting: ReportedContact(name: "门卫", phone: "010-66550000")))
        let id = try #require(first.siteContactId)
        let second = try intake.opened(
            Self.victim(meeting: ReportedContact(name: "赵师傅", phone: "010-66550000")), id: "r-2")
        #expect(second.siteContactId == id && intake.bench.state(ContactPoint.self, id)?.name == "赵师傅")
        var ours = Self.report(ReportedCustomer(phone: "13800138000"), by: "phone")
        ours.contact = ReportedContact(name: "钱师傅", phone: "010-66550000")
        try takenByUs(ours, as: "user")
        #expect(intake.bench.state(ContactPoint.self, id)?.name == "钱师傅")
        try intake.bench.send(
            RegisterContact(contactId: id, name: "孙师傅", phone: "010-77770000"), to: RegisterAContact())
        var stranger = Self.report(ReportedCustomer(phone: "13800138000"))
        stranger.contact = ReportedContact(name: "门卫", phone: "010-66550000")
        #expect(try intake.opened(stranger, id: "r-4").siteContactId != id)
        let corrected = try #require(intake.bench.state(ContactPoint.self, id))
        #expect(corrected.name == "孙师傅" && corrected.phone == "+861077770000")
    }

    @Test(
        "of a refused report that one of us took, the channel is the one that it names, if it names one",
        arguments: [
            (#"{"data":{"channel":"phone","externalId":"1"}}"#, "phone", "1"), (#"{"channel":"phone"}"#, "phone", nil),
            (#"{"data":{"channel":"a.b"}}"#, nil, nil), ("{", nil, nil),
        ] as [(String, String?, String?)])
    func refusedOfOurs(body: String, channel: String?, externalId: String?) {
        let said = ReportRejection.said(in: Array(body.utf8))
        #expect(said.channel == channel && said.externalId == externalId)
    }

    private mutating func takenByUs(_ report: ReportRepair, as authtype: String) throws {
        try intake.bench.send(
            report, to: TakeReport(links: IntakeBench.links), by: (authtype, "li"), channel: nil,
            source: "/adapters/\(report.channel)", id: "by-us-\(authtype)")
    }

    private mutating func complete(_ id: UUID, _ command: CompleteRequest) throws {
        try intake.bench.send(command, to: CompleteIncompleteRequest(links: IntakeBench.links))
    }

    private static var victims: ReportRepair {
        var report = ReportRepair.full
        report.customer?.email = "wang@example.com"
        return report
    }

    private static func victim(meeting contact: ReportedContact) -> ReportRepair {
        var report = victims
        report.contact = contact
        return report
    }

    /// About no device and no place that is known.
    private static func report(_ customer: ReportedCustomer, by channel: String = "web") -> ReportRepair {
        var report = ReportRepair.full
        (report.channel, report.customer) = (channel, customer)
        report.device = ReportedDevice(category: "Aircon/dehumidifier")
        report.site = ReportedSite(address: "上海市 9", regionCode: "310101")
        return report
    }
}
