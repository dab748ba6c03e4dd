import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

/// Which acts are the first of a human being among us, and when the response clock stops by them.
struct FirstResponseTests {
    enum Act: Sendable {
        /// The agent adds what is missing, or a part of it; he did so minutes before he says it.
        case complete(said: Double = 0), completeInPart
        case write(MessageKind, said: Double = 0)
        case customerWrites, customerWritesByLink, programWrites
        case offerByRules, assignByHand, accept, hold
    }

    /// Acts with the minutes after the report at which we hear of them.
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        var isIncomplete = false
        let acts: [(Double, Act)]
        /// Minutes after the report; nil: nobody has responded.
        let expected: Double?
        var testDescription: String { what }
    }

    static let cases = [
        Case(
            what: "an agent completes the request before an engineer accepts", isIncomplete: true,
            acts: [(10, .complete()), (180, .accept)], expected: 10),
        Case(
            what: "he says later that he called earlier", isIncomplete: true, acts: [(30, .complete(said: 20))],
            expected: 10),
        Case(
            what: "he gets only a part of it at first", isIncomplete: true,
            acts: [(10, .completeInPart), (50, .complete())], expected: 10),
        Case(
            what: "he writes before he can complete it", isIncomplete: true,
            acts: [(5, .write(.addition)), (50, .complete())], expected: 5),
        Case(what: "an agent writes about an order", acts: [(20, .write(.question)), (180, .accept)], expected: 20),
        Case(
            what: "an agent keeps the customer's reminder by telephone", acts: [(25, .write(.reminder))], expected: 25),
        Case(
            what: "what an agent said earlier is heard of later",
            acts: [(60, .accept), (70, .write(.addition, said: 40))],
            expected: 30),
        Case(
            what: "what he says after the engineer is no first act", acts: [(60, .accept), (70, .write(.addition))],
            expected: 60),
        Case(what: "a dispatcher chooses the engineer", acts: [(15, .assignByHand), (180, .accept)], expected: 15),
        Case(what: "an offer of the rules is none", acts: [(15, .offerByRules)], expected: nil),
        Case(what: "after an offer of the rules he accepts", acts: [(15, .offerByRules), (30, .accept)], expected: 30),
        Case(
            what: "what the customer writes is none",
            acts: [(5, .customerWrites), (6, .customerWritesByLink), (7, .programWrites)], expected: nil),
        Case(what: "an agent puts it on hold", acts: [(12, .hold)], expected: 12),
    ]

    @Test("the response is the first act of one of us", arguments: cases)
    func response(_ each: Case) throws {
        var intake = IntakeBench()
        var report = ReportRepair.full
        if each.isIncomplete { (report.problem, report.site) = (nil, nil) }
        let request = try intake.report(report).requestId
        let trip = UUID()
        for (minutes, act) in each.acts {
            intake.bench.now = IntakeBench.monday + minutes * 60
            try intake.carryOut(act, request, trip)
        }
        let id = try #require(intake.bench.state(ServiceRequest.self, request)?.workOrderId)
        let order = try intake.order(id)
        let expected = each.expected.map { IntakeBench.monday + $0 * 60 }
        #expect(order.firstResponseAt == expected)
        let clock = try #require(order.clocks.first { $0.kind == .response })
        #expect(clock.reading(at: intake.bench.now, .shipped).stoppedAt == expected)
        #expect(order.figures(at: intake.bench.now, .shipped).firstResponseAt == expected)
    }

    @Test("a response in time is neither warned of nor breached later, and is told")
    func met() throws {
        var intake = IntakeBench()
        let order = try intake.opened()
        intake.pass(20 * 60)
        try intake.carryOut(.write(.addition), order.requestId, UUID())
        let told = try #require(intake.bench.last(SLAClocksChanged.self))
        #expect(told.clocks.first { $0.clock == .response }?.status == .met)
        // The same again changes nothing.
        intake.pass(60)
        try intake.carryOut(.write(.addition), order.requestId, UUID())
        #expect(intake.bench.all(SLAClocksChanged.self).count == 1)
        while try intake.bench.fire(WatchClocks(), for: order.id) {}
        #expect(intake.bench.all(SLAClockBreached.self).map(\.clock.clock) == [.acceptance, .arrival, .resolution])
    }

    @Test("an order that takes a merged one's place keeps what was done about the request")
    func unmerged() throws {
        var intake = IntakeBench()
        let first = try intake.opened()
        let second = try intake.opened(.full, id: "r-2")
        intake.pass(600)
        try intake.carryOut(.write(.addition), second.requestId, UUID())
        try intake.bench.send(MergeWorkOrder(workOrderId: second.id, intoWorkOrderId: first.id), to: MergeOrder())
        intake.pass(600)
        let again = try intake.bench.send(
            UnmergeWorkOrder(workOrderId: second.id, reason: "two faults"),
            to: UnmergeOrder(links: IntakeBench.links))
        #expect(try intake.order(#require(again.workOrderId)).firstResponseAt == IntakeBench.monday + 600)
    }
}

extension IntakeBench {
    fileprivate mutating func carryOut(_ act: FirstResponseTests.Act, _ request: UUID, _ trip: UUID) throws {
        func order() throws -> WorkOrder {
            try self.order(#require(bench.state(ServiceRequest.self, request)?.workOrderId))
        }
        let links = Self.links
        let write = TakeMessage(links: links)
        func message(_ kind: MessageKind = .addition) -> AppendMessage {
            AppendMessage(channel: "wechat", requestId: request, kind: kind, text: "x", channelUserId: "ox-user")
        }
        switch act {
        case .complete(let earlier):
            try bench.send(
                CompleteRequest(
                    requestId: request, site: ReportedSite(regionCode: "110105"), problem: "leaks",
                    occurredAt: bench.now - earlier * 60), to: CompleteIncompleteRequest(links: links))
        case .completeInPart:
            try bench.send(
                CompleteRequest(requestId: request, problem: "leaks"), to: CompleteIncompleteRequest(links: links))
        case .write(let kind, let earlier):
            var message = message(kind)
            message.sentAt = bench.now - earlier * 60
            try bench.send(message, to: write)
        case .customerWrites:
            try bench.send(
                message(), to: write, by: ("adapter", "wechat"), channel: "wechat", source: "/adapters/wechat")
        case .customerWritesByLink:
            var message = message()
            message.token = links.follow(request)
            try bench.send(message, to: write, by: ("customer", "ox-user"))
        case .programWrites: try bench.send(message(), to: write, by: ("service", "x"))
        case .offerByRules: try offer(order(), trip)
        case .assignByHand: try offer(order(), trip, manual: true)
        case .accept: try accept(order(), trip)
        case .hold:
            try bench.send(
                HoldWorkOrder(
                    workOrderId: order().id, reason: .other, resumeOn: bench.now + 86_400, occurredAt: bench.now),
                to: HoldOrder())
        }
    }
}
