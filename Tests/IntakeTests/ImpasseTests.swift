import DomainContracts
import Foundation
import Testing

@testable import Intake

struct ImpasseTests {
    var intake = IntakeBench()

    private func shown(_ order: WorkOrder) throws -> DispatchImpasse? {
        try intake.order(order.id).answer(version: 1, at: intake.bench.now, .shipped).impasse
    }

    @Test("the work order says which rule emptied the list and what would help, until somebody is asked")
    mutating func shown() throws {
        let order = try intake.opened()
        let event = DispatchImpossible(
            workOrderId: order.id, workOrderNumber: order.number, round: 1, emptiedBy: "skill",
            nearestRelaxation: CodedReason(code: "relax_skill", parameters: ["skill": "aircon"]), candidates: 9,
            decidedAt: intake.bench.now, retryAt: intake.bench.now + 1_800)
        try intake.bench.receive(event, by: NoteImpasse())
        let told = try #require(try shown(order))
        #expect(told == event.impasse && told.nearestRelaxation?.code == "relax_skill" && told.candidates == 9)
        try intake.cancel(order)
        #expect(try shown(order) == nil)
    }

    @Test("what was told before somebody was asked is over")
    mutating func over() throws {
        let order = try intake.opened()
        try intake.bench.receive(
            DispatchImpossible(
                workOrderId: order.id, workOrderNumber: order.number, round: 1, emptiedBy: "shift", candidates: 1,
                retryAt: intake.bench.now + 1_800), by: NoteImpasse())
        #expect(try shown(order)?.emptiedBy == "shift")
        try intake.offer(order, UUID())
        #expect(try shown(order) == nil && intake.order(order.id).dispatchImpasse == nil)
    }
}
