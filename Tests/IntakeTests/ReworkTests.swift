import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("Rework")
struct ReworkTests {
    var intake = IntakeBench()
    private let trip = UUID()

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
