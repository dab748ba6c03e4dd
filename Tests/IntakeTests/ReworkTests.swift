import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("Rework")
struct ReworkTests {
    var intake = IntakeBench()
    private let trip = UUID()

    @Test("what is said of a closed order, of its rework order or of its request is acted on for the rework order")
    mutating func said() throws {
        let first = try intake.opened()
        try intake.visit(first, trip)
        try intake.end(first, trip, .workDone, outcome: .fixed)
        try intake.confirm(first, trip)
        try intake.survey(first, fixed: false)
        let rework = try intake.order(IntakeID.rework(of: first.id))
        #expect(try intake.status(first.id) == .closed && rework.firstResponseAt == nil)
        for (request, order) in [(first.requestId, nil), (nil, first.id), (nil, rework.id)] as [(UUID?, UUID?)] {
            var told = intake
            let taken = try told.bench.send(
                AppendMessage(
                    channel: "phone", requestId: request, workOrderId: order, kind: .reminder, text: "还没有人来"),
                to: TakeMessage(links: IntakeBench.links), by: ("user", "li.na"))
            #expect(taken.workOrderId == rework.id && taken.status == "pending_dispatch")
            #expect(told.bench.last(IntakeEscalationRaised.self)?.workOrderId == rework.id)
            #expect(told.bench.last(MessageAppended.self)?.workOrderNumber == rework.number)
            #expect(try told.order(rework.id).firstResponseAt != nil)
        }
    }

    @Test(
        "rework is answered as soon as the contract promises, whether the customer or an agent says that it did not hold"
    )
    mutating func reworkUnderContract() throws {
        try intake.bench.receive(
            ContractChanged(
                contractId: UUID(), contractNumber: "C-1", contractType: .maintenance, status: .active,
                customerNumber: "K-1", responseLevel: .fourHour, cover: .all, deviceSerials: ["AC-1"],
                startsOn: IntakeBench.monday - 1e6, endsOn: IntakeBench.monday + 1e6), by: ProjectContract())
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .workDone)
        try intake.confirm(order, trip)
        try intake.survey(order, fixed: true)
        intake.pass(60)
        var told = intake
        try told.survey(order, fixed: false)
        try intake.bench.send(
            ReopenWorkOrder(workOrderId: order.id, reason: "又坏了"), to: ReopenOrder(links: IntakeBench.links))
        for opened in [told.bench.last(WorkOrderOpened.self), intake.bench.last(WorkOrderOpened.self)] {
            let rework = try #require(opened)
            #expect(rework.reworkOf == order.id && rework.entitlement.kind == .rework)
            #expect(rework.entitlement.cover == .all && rework.entitlement.responseLevel == .fourHour)
            #expect(rework.entitlement.reason.code == "rework" && rework.entitlement.contractNumber == nil)
            #expect(
                rework.clocks.first { $0.clock == .arrival }?.targetSeconds
                    == order.clocks.first { $0.kind == .arrival }?.state(at: intake.bench.now, .shipped).targetSeconds)
        }
    }

    /// An order that was visited, ended so, and confirmed.
    private mutating func confirmed(_ reason: VisitEndReason, _ outcome: Outcome?, id: String) throws -> WorkOrder {
        let (order, visit) = (try intake.opened(id: id), UUID())
        try intake.visit(order, visit)
        try intake.end(order, visit, reason, outcome: outcome)
        try intake.confirm(order, visit)
        intake.pass(60)
        return order
    }

    @Test("not fixed is owed no free work where nobody claimed that it was")
    mutating func nothingClaimed() throws {
        let ends: [(VisitEndReason, Outcome?, Bool)] = [
            (.quoteRefused, nil, false), (.cannotBeDone, .unrepairable, false), (.cannotBeDone, .cannotComplete, false),
            (.workDone, .refunded, false), (.workDone, .fixed, true), (.workDone, .noFaultFound, true),
            (.workDone, .replaced, true),
        ]
        for (index, (reason, outcome, isOwed)) in ends.enumerated() {
            let order = try confirmed(reason, outcome, id: "claim-\(index)")
            try intake.survey(order, fixed: false)
            #expect(try intake.status(order.id) == .closed)
            // And once more by telephone, when it is closed.
            try intake.bench.receive(
                FollowUpCompleted(
                    followUpId: UUID(), workOrderId: order.id, result: .dissatisfied, fixed: false,
                    completedAt: intake.bench.now), by: TakeFollowUp())
            let rework = intake.bench.all(WorkOrderOpened.self).filter { $0.reworkOf == order.id }
            #expect(rework.count == (isOwed ? 1 : 0), "\(outcome?.rawValue ?? reason.rawValue)")
        }
    }

    @Test("an answer about the work before a reopening does not close the order, whatever it says")
    mutating func staleAnswer() throws {
        for isFixed in [true, false] {
            let order = try confirmed(.workDone, .fixed, id: "stale-\(isFixed)")
            intake.pass(3_600)
            try intake.bench.send(
                ReopenWorkOrder(workOrderId: order.id, reason: "又坏了"), to: ReopenOrder(links: IntakeBench.links))
            intake.pass(3_600)
            try intake.survey(order, fixed: isFixed)
            let second = UUID()
            try intake.visit(order, second, round: 2)
            intake.pass(3_600)
            try intake.end(order, second, .workDone, outcome: .fixed)
            try intake.confirm(order, second)
            #expect(try intake.status(order.id) == .awaitingFollowUp)
            intake.pass(3_600)
            try intake.survey(order, fixed: true)
            #expect(try intake.status(order.id) == .closed)
        }
    }
}
