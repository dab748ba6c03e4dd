import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting

@testable import Feedback

/// One customer and his order, with what happens around them in short form.
struct Desk {
    var bench = DeciderBench(.feedback)
    let order = UUID(derivedFrom: "order", in: .nameless)
    let contact = UUID(derivedFrom: "contact", in: .nameless)
    let engineer = UUID(derivedFrom: "engineer", in: .nameless)
    let supervisor = UUID(derivedFrom: "supervisor", in: .nameless)
    let report = UUID(derivedFrom: "report", in: .nameless)
    let links = LinkDesk(
        links: LinkSigner(secret: "a secret of at least thirty-two bytes"),
        realNow: { Date(timeIntervalSince1970: 1_000) })
    let number = "WO-20261121-000001"

    var followUp: UUID { FollowUp.id(of: order) }
    var followUpState: FollowUp? { bench.state(FollowUp.self, followUp) }
    var told: [NotificationRequested] { bench.all(NotificationRequested.self) }
    func id(_ name: String) -> UUID { UUID(derivedFrom: name, in: .nameless) }

    mutating func meet(channel: String = "wechat", phone: String? = "+8613800138000", sequence: Int = 1) throws {
        try bench.receive(known(channel: channel, phone: phone), by: KeepContact(), sequence: sequence)
    }

    func known(channel: String = "wechat", phone: String? = "+8613800138000") -> ContactChanged {
        ContactChanged(
            contactId: contact, customerId: contact, name: "王敏", phone: phone, channel: channel,
            channelUserId: channel == "none" ? nil : "oX3", language: "zh-Hans")
    }

    @discardableResult
    mutating func open(reworkOf: UUID? = nil) throws -> EventOutcome {
        try bench.receive(opened(reworkOf: reworkOf), by: AcknowledgeReport(), story: order)
    }

    func opened(reworkOf: UUID? = nil) -> WorkOrderOpened {
        WorkOrderOpened(
            workOrderId: order, workOrderNumber: number, requestId: order, status: .pendingDispatch,
            receivedAt: bench.now, channel: "wechat", customerId: contact, contactId: contact,
            serviceType: .repair, serviceMode: .onSite, priority: .p3, problem: "漏油",
            entitlement: Entitlement(
                kind: .none, cover: Cover(labour: false, parts: false, travel: false), responseLevel: .standard,
                reason: CodedReason(code: "no-contract")),
            reworkOf: reworkOf, language: "zh-Hans")
    }

    @discardableResult
    mutating func confirm(_ report: UUID? = nil) throws -> EventOutcome {
        try bench.receive(confirmed(report), by: StartFollowUp(desk: links), story: order)
    }

    func confirmed(_ report: UUID? = nil) -> CompletionConfirmed {
        CompletionConfirmed(
            workOrderId: order, workOrderNumber: number, visitId: id("visit"), reportId: report ?? self.report,
            how: .customer, confirmedAt: bench.now)
    }

    @discardableResult
    mutating func book(_ start: TimeInterval, sequence: Int, rebooked: Bool = false) throws -> EventOutcome {
        let window = TimeWindow(start: bench.now + start, end: bench.now + start + 3600)
        return try bench.receive(
            AssignmentBooked(
                assignmentId: id("visit"), workOrderId: order, workOrderNumber: number, engineerId: engineer,
                round: 1, window: window, originalWindow: window, rebooked: rebooked, initiatedBy: .customer,
                bookedAt: bench.now),
            by: TellBookedVisit(), story: order, sequence: sequence)
    }

    mutating func hire() throws {
        try bench.receive(
            EngineerRegistered(
                engineerId: engineer, employeeNumber: "E1", name: "李强", grade: "senior", branch: "Beijing", team: "A",
                supervisorId: supervisor, hourlyRate: Money(10_000, "CNY")),
            by: KeepStaff())
    }

    func answer(
        token: String?, satisfaction: Int = 5, recommendation: Int? = 9, effort: Int? = 6, user: String? = nil
    ) -> AnswerSurvey {
        AnswerSurvey(
            surveyId: followUp, satisfaction: satisfaction, recommendation: recommendation, effort: effort,
            fixed: true, token: token, channelUserId: user)
    }

    @discardableResult
    mutating func send(
        _ answer: AnswerSurvey, by actor: (type: String, id: String)? = ("customer", "c"), channel: String? = "wechat"
    ) throws -> Acknowledgement {
        try bench.send(answer, to: TakeSurveyAnswer(desk: links), by: actor, story: order, channel: channel)
    }

    mutating func close(
        _ status: WorkOrderStatus = .closed, sequence: Int = 9, clocks: [ClockState] = []
    ) throws -> EventOutcome {
        try bench.receive(closed(status, clocks: clocks), by: CountClosedOrder(), story: order, sequence: sequence)
    }

    func closed(_ status: WorkOrderStatus = .closed, clocks: [ClockState] = []) -> WorkOrderClosed {
        WorkOrderClosed(
            workOrderId: order, workOrderNumber: number, status: status, closureCode: .survey, outcome: .fixed,
            closedAt: bench.now,
            figures: WorkOrderFigures(
                receivedAt: bench.now - 7200, firstResponseAt: bench.now - 7000, resolvedAt: bench.now,
                pausedSeconds: 60, visits: 1, reachedInProgress: true, resolvedRemotely: false, rework: false,
                serviceType: .repair),
            clocks: clocks)
    }

    /// The code and pointers of the refusal that `act` meets.
    mutating func refusal(_ act: (inout Desk) throws -> Void) -> Problem? {
        do {
            try act(&self)
            return nil
        } catch {
            return (error as? Refusal)?.problem
        }
    }
}

extension UUID {
    static let nameless = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}
