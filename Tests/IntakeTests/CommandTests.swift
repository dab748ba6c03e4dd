import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

struct CommandTests {
    var intake = IntakeBench()
    let trip = UUID()

    @Test("cancelling is refused once a check-in is known")
    mutating func cancelAfterCheckIn() throws {
        let order = try intake.opened()
        try intake.checkIn(order, trip)
        let problem = try refusal { try intake.cancel(order) }
        #expect(problem.status == 409)
        #expect(problem.code == "cancel-not-allowed")
    }

    @Test("a check-in that comes after the cancellation reinstates the order")
    mutating func reinstated() throws {
        let order = try intake.opened()
        try intake.book(order, trip)
        try intake.cancel(order)
        #expect(intake.bench.last(WorkOrderClosed.self)?.closureCode == .cancelled)
        try intake.withdraw(order, trip)
        try intake.checkIn(order, trip)
        let changed = try #require(intake.bench.last(WorkOrderChanged.self))
        #expect(changed.status == .onSite)
        #expect(changed.previousStatus == .cancelled)
        #expect(changed.reason == "reinstated")
        #expect(changed.clocks.first { $0.clock == .resolution }?.status == .running)
    }

    @Test("a visit that reinstates an order decides it, whatever round it was for")
    mutating func reinstatedInLaterRound() throws {
        let order = try intake.opened()
        try intake.accept(order, trip)
        try intake.book(order, trip)
        let until = intake.bench.now + 60
        try intake.bench.send(
            HoldWorkOrder(workOrderId: order.id, reason: .other, resumeOn: until), to: HoldOrder())
        try intake.bench.send(ResumeWorkOrder(workOrderId: order.id), to: ResumeOrder())
        try intake.cancel(order)
        #expect(try intake.order(order.id).facts.round == 2 && intake.status(order.id) == .cancelled)
        try intake.checkIn(order, trip)
        try intake.start(order, trip)
        #expect(try intake.status(order.id) == .inProgress)
        // Dispatch closed its job at the cancellation: nobody else would ever be sent in this round.
        try intake.end(order, trip, .workDone, outcome: .fixed)
        #expect(try intake.status(order.id) == .awaitingConfirmation)
    }

    @Test("a visit's end that overtakes its check-in reinstates the order as well")
    mutating func reinstatedByEnd() throws {
        let order = try intake.opened()
        try intake.book(order, trip)
        try intake.cancel(order)
        try intake.end(order, trip, .noAccess)
        #expect(try intake.status(order.id) == .awaitingCustomer)
        try intake.checkIn(order, trip)
        #expect(try intake.status(order.id) == .awaitingCustomer)
    }

    @Test("an old check-in does not revive an order that was given up")
    mutating func notReinstated() throws {
        let order = try intake.opened()
        try intake.accept(order, trip)
        try intake.end(order, trip, .noAccess)
        try intake.cancel(order)
        try intake.checkIn(order, trip)
        #expect(try intake.status(order.id) == .cancelled)
    }

    @Test("a customer cancels with the link's token or as the channel user who reported, and not else")
    mutating func customersWord() throws {
        let order = try intake.opened()
        var command = CancelWorkOrder(workOrderId: order.id, reason: .customerRequest)
        #expect(try refusal { try intake.cancel(command) }.status == 403)
        command.channelUserId = "somebody"
        #expect(try refusal { try intake.cancel(command) }.errors.map(\.pointer) == ["/data/channelUserId"])
        command.token = LinkSigner(secret: String(repeating: "f", count: 32)).token(
            for: SignedLink(purpose: "cancel", subject: WorkOrder.subject(order.id), expires: .distantFuture))
        #expect(try refusal { try intake.cancel(command) }.errors.map(\.pointer) == ["/data/token"])
        command.token = LinkSigner(secret: String(repeating: "s", count: 32)).token(
            for: SignedLink(
                purpose: "cancel", subject: WorkOrder.subject(order.id), expires: IntakeBench.monday + 3_600))
        try intake.cancel(command)
        #expect(try intake.status(order.id) == .cancelled)
        // The link that feedback sends names the order by its bare id, as its other links do.
        let second = try intake.opened(id: "r-bare")
        command = CancelWorkOrder(workOrderId: second.id, reason: .customerRequest)
        command.token = LinkSigner(secret: String(repeating: "s", count: 32)).token(
            for: CancelWorkOrder.self, about: second.id, expires: IntakeBench.monday + 3_600)
        try intake.cancel(command)
        #expect(try intake.status(second.id) == .cancelled)
    }

    @Test("the channel user who reported may cancel")
    mutating func channelUser() throws {
        let order = try intake.opened()
        try intake.cancel(
            CancelWorkOrder(workOrderId: order.id, reason: .customerRequest, channelUserId: "ox-user"))
        #expect(try intake.status(order.id) == .cancelled)
    }

    @Test("a merged order names the other and its request is merged too")
    mutating func merge() throws {
        let (order, target) = (try intake.opened(), try intake.opened(id: "r-2"))
        try intake.bench.send(MergeWorkOrder(workOrderId: order.id, intoWorkOrderId: target.id), to: MergeOrder())
        let closed = try #require(intake.bench.last(WorkOrderClosed.self))
        #expect(closed.mergedInto == target.id)
        #expect(closed.closureCode == .merged)
        #expect(closed.clocks.allSatisfy { $0.status == .void })
        #expect(intake.bench.state(ServiceRequest.self, order.requestId)?.status == .merged)
    }

    @Test("an order on which work was done is nobody's duplicate")
    mutating func mergeAfterWork() throws {
        let (order, target) = (try intake.opened(), try intake.opened(id: "r-2"))
        try intake.visit(order, trip)
        try intake.end(order, trip, .partMissing, parts: [UUID()])
        let problem = try refusal {
            try intake.bench.send(MergeWorkOrder(workOrderId: order.id, intoWorkOrderId: target.id), to: MergeOrder())
        }
        #expect(problem.code == "merge-not-allowed")
    }

    @Test("merging needs another order that is open")
    mutating func mergeTarget() throws {
        let (order, target) = (try intake.opened(), try intake.opened(id: "r-2"))
        #expect(
            try refusal {
                try intake.bench.send(
                    MergeWorkOrder(workOrderId: order.id, intoWorkOrderId: order.id), to: MergeOrder())
            }.errors.map(\.pointer) == ["/data/intoWorkOrderId"])
        try intake.cancel(target)
        #expect(
            try refusal {
                try intake.bench.send(
                    MergeWorkOrder(workOrderId: order.id, intoWorkOrderId: target.id), to: MergeOrder())
            }.code == "target-not-open")
    }

    @Test("a hold ends on its date with a new round")
    mutating func hold() throws {
        let order = try intake.opened()
        try intake.accept(order, trip)
        let resumeOn = intake.bench.now + 86_400
        try intake.bench.send(
            HoldWorkOrder(workOrderId: order.id, reason: .customerWish, resumeOn: resumeOn), to: HoldOrder())
        let held = try #require(intake.bench.last(WorkOrderChanged.self))
        #expect(held.status == .onHold)
        #expect(held.need == nil)
        #expect(held.clocks.first { $0.clock == .resolution }?.status == .paused)
        #expect(try intake.bench.fire(EndWait(), for: order.id))
        let resumed = try #require(intake.bench.last(WorkOrderChanged.self))
        #expect(resumed.need?.round == 2)
        #expect(resumed.need?.reason == .resumed)
        #expect(resumed.need?.preferredEngineerId == IntakeBench.engineer)
    }

    @Test("a hold must end in the future")
    mutating func holdInPast() throws {
        let order = try intake.opened()
        let problem = try refusal {
            try intake.bench.send(
                HoldWorkOrder(workOrderId: order.id, reason: .other, resumeOn: intake.bench.now), to: HoldOrder())
        }
        #expect(problem.errors.map(\.pointer) == ["/data/resumeOn"])
    }

    @Test("a hold over missing parts leaves the order waiting for them")
    mutating func holdOverParts() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .partMissing, parts: [UUID()])
        try intake.bench.send(
            HoldWorkOrder(workOrderId: order.id, reason: .other, resumeOn: intake.bench.now + 60), to: HoldOrder())
        try intake.bench.send(ResumeWorkOrder(workOrderId: order.id), to: ResumeOrder())
        #expect(try intake.status(order.id) == .awaitingParts)
    }

    @Test("a changed order refuses a command that expects another version")
    mutating func version() throws {
        let order = try intake.opened()
        try intake.offer(order, trip)
        let problem = try refusal {
            try intake.bench.send(
                CancelWorkOrder(workOrderId: order.id, reason: .other, expectedVersion: 1),
                to: CancelOrder(links: IntakeBench.links))
        }
        #expect(problem.code == "version-mismatch")
    }

    @Test("reopening goes on with an open order and opens a rework order for a closed one")
    mutating func reopen() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .workDone)
        let again = try intake.reopen(order)
        #expect(again.workOrderId == order.id)
        #expect(again.status == "pending_dispatch")
        let second = UUID()
        try intake.visit(order, second, round: 2)
        try intake.end(order, second, .workDone)
        try intake.confirm(order, second)
        try intake.survey(order, fixed: true)
        let rework = try intake.reopen(order)
        #expect(rework.workOrderId != order.id)
        #expect(try intake.reopen(order).workOrderId == rework.workOrderId)
    }

    @Test("the time a person acted counts, but never before the report nor after now")
    mutating func occurredAt() throws {
        let order = try intake.opened(Self.consultation)
        intake.pass(600)
        try intake.bench.send(
            ResolveRemotely(
                workOrderId: order.id, remedy: "told how", minutes: 5, occurredAt: IntakeBench.monday - 9_999),
            to: ResolveOrderRemotely())
        #expect(try intake.order(order.id).resolvedAt == IntakeBench.monday)
    }

    @Test("an order is cancelled before no visit of it that has ended, whatever time is said")
    mutating func cancelledAfterTheVisit() throws {
        let order = try intake.opened()
        let trip = UUID()
        try intake.visit(order, trip)
        intake.pass(3_600)
        try intake.end(order, trip, .partMissing)
        let ended = try #require(try intake.order(order.id).facts.trips.first?.end?.at)
        intake.pass(3_600)
        try intake.bench.send(
            CancelWorkOrder(workOrderId: order.id, reason: .other, occurredAt: IntakeBench.monday),
            to: CancelOrder(links: IntakeBench.links))
        #expect(ended > IntakeBench.monday && intake.bench.last(WorkOrderClosed.self)?.closedAt == ended)
    }

    static var consultation: ReportRepair { StatusRuleTests.consultation }
}

extension IntakeBench {
    /// By an agent.
    mutating func cancel(_ order: WorkOrder) throws {
        try bench.send(
            CancelWorkOrder(workOrderId: order.id, reason: .other), to: CancelOrder(links: Self.links))
    }

    /// By the customer, through the channel he reported on.
    mutating func cancel(_ command: CancelWorkOrder) throws {
        try bench.send(
            command, to: CancelOrder(links: Self.links), by: ("customer", "ox-user"), channel: "wechat",
            source: "/adapters/wechat")
    }

    mutating func reopen(_ order: WorkOrder) throws -> ReportAccepted {
        try bench.send(
            ReopenWorkOrder(workOrderId: order.id, reason: "leaks again"), to: ReopenOrder(links: Self.links))
    }
}
