import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

struct MessageTests {
    var intake = IntakeBench()

    @discardableResult
    private mutating func say(_ message: AppendMessage, by user: String? = nil) throws -> MessageTaken {
        let handler = TakeMessage(links: IntakeBench.links)
        guard user == nil else { return try intake.bench.send(message, to: handler, by: ("user", user ?? "")) }
        return try intake.bench.send(
            message, to: handler, by: ("adapter", message.channel), channel: message.channel,
            source: "/adapters/\(message.channel)")
    }

    private func message(
        _ request: UUID, _ kind: MessageKind = .addition, _ text: String? = "也漏水", user: String? = "ox-user"
    ) -> AppendMessage {
        AppendMessage(channel: "wechat", requestId: request, kind: kind, text: text, channelUserId: user)
    }

    @Test("what is said is kept in order and told with the order it concerns")
    mutating func told() throws {
        let order = try intake.opened()
        intake.pass(60)
        _ = try say(message(order.requestId))
        let taken = try say(message(order.requestId, .correction, "在五楼"))
        #expect(taken.messages == 2 && taken.reminders == 0 && taken.workOrderNumber == order.number)
        #expect(taken.status == "pending_dispatch")
        let told = intake.bench.all(MessageAppended.self)
        #expect(told.map(\.message.number) == [1, 2])
        #expect(told.last?.message.text == "在五楼" && told.last?.message.kind == .correction)
        #expect(told.last?.workOrderId == order.id && told.last?.customerId == order.customerId)
        let rows = intake.bench.facts.compactMap { $0 as? MessageRow }
        #expect(rows.map(\.number) == [1, 2])
    }

    @Test("each reminder goes one step higher, until there is nobody above")
    mutating func reminders() throws {
        let order = try intake.opened()
        for _ in 1...4 { _ = try say(message(order.requestId, .reminder, nil)) }
        let escalations = intake.bench.all(IntakeEscalationRaised.self).map(\.escalation)
        #expect(escalations.map(\.toRole) == ["supervisor", "manager"])
        #expect(escalations.map(\.reason.code) == ["customer-reminder", "customer-reminder"])
        #expect(intake.bench.last(MessageAppended.self)?.reminders == 4)
        try intake.cancel(order)
        #expect(try say(message(order.requestId, .reminder, nil)).status == "cancelled")
        #expect(intake.bench.all(IntakeEscalationRaised.self).count == 2)
    }

    @Test("what is said about a merged order is said about the one it was merged into")
    mutating func merged() throws {
        let first = try intake.opened()
        let second = try intake.opened(.full, id: "r-2")
        try intake.bench.send(MergeWorkOrder(workOrderId: second.id, intoWorkOrderId: first.id), to: MergeOrder())
        let taken = try say(message(second.requestId, .reminder, nil))
        #expect(taken.workOrderId == first.id)
        #expect(intake.bench.last(IntakeEscalationRaised.self)?.workOrderId == first.id)
    }

    @Test("customers write as who reported or by their link; our own people for them")
    mutating func permission() throws {
        let order = try intake.opened()
        for stranger in [message(order.requestId, user: nil), message(order.requestId, user: "somebody")] {
            #expect(try refusal { try say(stranger) }.status == 403)
        }
        var linked = message(order.requestId, user: nil)
        linked.channel = "web"
        linked.token = "no-link"
        #expect(try refusal { try say(linked) }.errors.map(\.pointer) == ["/data/token"])
        linked.token = IntakeBench.links.follow(order.requestId)
        #expect(try say(linked).messages == 1)
        linked.token = IntakeBench.links.follow(UUID())
        #expect(try refusal { try say(linked) }.status == 403)
        var byNumber = message(order.requestId, user: nil)
        byNumber.requestId = nil
        byNumber.workOrderNumber = order.number
        #expect(try say(byNumber, by: "li.na").messages == 2)
    }

    @Test("a mail from the report's address is kept as unverified, and moves nothing; the link makes it the customer's")
    mutating func mail() throws {
        var report = ReportRepair.full
        report.channel = "email"
        report.customer = ReportedCustomer(name: "王敏", email: "wang@example.com")
        let order = try intake.opened(report)
        var mail = AppendMessage(
            channel: "email", requestId: order.requestId, kind: .reminder, text: "快来",
            channelUserId: "Wang@example.com")
        #expect(try say(mail).reminders == 1)
        #expect(intake.bench.last(MessageAppended.self)?.message.isUnverified == true)
        #expect((intake.bench.facts.last as? MessageRow)?.unverified == true)
        #expect(intake.bench.all(IntakeEscalationRaised.self).isEmpty)
        mail.channelUserId = "evil@example.com"
        #expect(try refusal { try say(mail) }.status == 403)
        (mail.channelUserId, mail.token) = (nil, IntakeBench.links.follow(order.requestId))
        _ = try say(mail)
        #expect(intake.bench.last(MessageAppended.self)?.message.isUnverified == nil)
        #expect(intake.bench.all(IntakeEscalationRaised.self).count == 1)
    }

    @Test("a mail's sender, and a phone that is written into a form, dispute and cancel nothing; a call's number does")
    mutating func proof() throws {
        func reported(_ channel: String, _ customer: ReportedCustomer) throws -> WorkOrder {
            var report = ReportRepair.full
            (report.channel, report.customer) = (channel, customer)
            report.device?.purchasedOn = "2010-01-01"
            return try intake.opened(report, id: "r-\(channel)")
        }
        func disputes(_ order: WorkOrder, as user: String) throws {
            try intake.bench.send(
                DisputeEntitlement(
                    workOrderId: order.id, reason: .warranty, statement: "去年才买的", channelUserId: user),
                to: OpenDispute(links: IntakeBench.links, policy: DisputePolicy()), by: ("adapter", order.channel),
                channel: order.channel, source: "/adapters/\(order.channel)")
        }
        // An adapter that takes the sender for its user.
        let mailed = try reported("email", ReportedCustomer(channelUserId: "li@example.com"))
        #expect(mailed.channelUserId == nil)
        #expect(intake.bench.state(ContactPoint.self, mailed.contactId)?.email == "li@example.com")
        #expect(try refusal { try disputes(mailed, as: "li@example.com") }.status == 403)
        #expect(
            try refusal {
                try intake.bench.send(
                    CancelWorkOrder(workOrderId: mailed.id, reason: .customerRequest, channelUserId: "li@example.com"),
                    to: CancelOrder(links: IntakeBench.links), by: ("adapter", "email"), channel: "email",
                    source: "/adapters/email")
            }.status == 403)
        let written = try reported("web", ReportedCustomer(phone: "13900139000"))
        #expect(try refusal { try disputes(written, as: "+8613900139000") }.status == 403)
        let called = try reported("phone", ReportedCustomer(phone: "13700137000"))
        try disputes(called, as: "+8613700137000")
        #expect(try intake.order(called.id).openDisputeId != nil)
        var nobody = ReportRepair.full
        (nobody.channel, nobody.customer) = ("email", ReportedCustomer(channelUserId: "not an address"))
        #expect(
            try refusal { try intake.report(nobody, id: "r-9") }.errors.map(\.pointer).contains(
                "/data/customer/channelUserId"))
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let pointer: String
        let spoil: @Sendable (inout AppendMessage) -> Void
        var testDescription: String { pointer }
    }

    @Test(
        "what is wrong with a message is named",
        arguments: [
            Fault(pointer: "/data/text") { $0.text = " " },
            Fault(pointer: "/data/text") { $0.text = String(repeating: "x", count: 8_001) },
            Fault(pointer: "/data/kind") { $0.kind = MessageKind(rawValue: "praise") },
            Fault(pointer: "/data/requestId") { $0.workOrderNumber = "WO-1" },
            Fault(pointer: "/data/requestId") { $0.requestId = nil },
            Fault(pointer: "/data/attachments/0/dataref") {
                $0.attachments = [Attachment(dataref: " ", mediaType: "image/jpeg")]
            },
        ])
    mutating func invalid(fault: Fault) throws {
        let order = try intake.opened()
        var message = message(order.requestId)
        fault.spoil(&message)
        #expect(try refusal { try say(message) }.errors.map(\.pointer) == [fault.pointer])
    }
}

struct SettledRequestTests {
    var intake = IntakeBench()

    private mutating func incomplete() throws -> UUID {
        var report = ReportRepair.full
        report.problem = nil
        return try intake.report(report).requestId
    }

    @Test("a question is answered without an order, and its sender is told")
    mutating func answered() throws {
        let request = try incomplete()
        let answer = try intake.bench.send(
            AnswerServiceRequest(requestId: request, answer: " 请先断电 ", articleId: "KB-17"),
            to: AnswerRequestWithKnowledge())
        #expect(answer.status == "answered")
        let told = try #require(intake.bench.last(RequestAnswered.self))
        #expect(told.answer == "请先断电" && told.articleId == "KB-17" && told.channel == "wechat")
        #expect(intake.bench.state(ServiceRequest.self, request)?.missing == [])
        #expect(
            try refusal {
                try intake.bench.send(MarkAsSpam(requestId: request), to: PutSpamAside())
            }.code == "request-settled")
    }

    @Test("what has an order is neither answered nor spam; what is none is put aside")
    mutating func spam() throws {
        let order = try intake.opened(.full, id: "r-0")
        #expect(
            try refusal {
                try intake.bench.send(
                    AnswerServiceRequest(requestId: order.requestId, answer: "x"), to: AnswerRequestWithKnowledge())
            }.code == "request-settled")
        let request = try incomplete()
        #expect(try intake.bench.send(MarkAsSpam(requestId: request), to: PutSpamAside()).status == "spam")
        #expect(
            try refusal {
                try intake.bench.send(
                    AnswerServiceRequest(requestId: request, answer: " "), to: AnswerRequestWithKnowledge())
            }.errors.map(\.pointer) == ["/data/answer"])
    }
}
