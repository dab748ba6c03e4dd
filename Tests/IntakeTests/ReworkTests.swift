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
}
