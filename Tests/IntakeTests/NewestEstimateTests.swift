import DomainContracts
import Foundation
import Testing

@testable import Intake

@Suite("several estimates of one visit")
struct NewestEstimateTests {
    var intake = IntakeBench()
    private let trip = UUID()

    @Test("who leaves for an answer leaves for that to the newest estimate: an older no decides nothing")
    mutating func newestEstimate() throws {
        for isAccepted in [true, false] {
            let order = try intake.opened(id: "newest-\(isAccepted)")
            let (visit, dear, cheap) = (UUID(), UUID(), UUID())
            try intake.visit(order, visit)
            try intake.estimate(order, visit, dear, .quote)
            try intake.refuseQuote(order, visit, dear)
            intake.pass(600)
            try intake.estimate(order, visit, cheap, .quote)
            try intake.end(order, visit, .needsQuote)
            #expect(try intake.status(order.id) == .awaitingQuote)
            intake.pass(600)
            if isAccepted {
                try intake.acceptQuote(order, visit, cheap)
            } else {
                try intake.refuseQuote(order, visit, cheap)
            }
            #expect(try intake.status(order.id) == (isAccepted ? .pendingDispatch : .awaitingConfirmation))
        }
        #expect(intake.bench.all(WorkOrderChanged.self).compactMap(\.need).map(\.reason) == [.approved])
    }

    @Test("so it is where our approver refused the first, and allowed the second")
    mutating func newestApproval() throws {
        let order = try intake.opened()
        let (dear, cheap) = (UUID(), UUID())
        try intake.visit(order, trip)
        try intake.estimate(order, trip, dear, .approval)
        try intake.bench.receive(
            EstimateRejected(
                estimateId: dear, workOrderId: order.id, visitId: trip, reason: "dear", rejectedAt: intake.bench.now),
            by: NoteRejection())
        intake.pass(600)
        try intake.estimate(order, trip, cheap, .approval)
        try intake.end(order, trip, .needsApproval)
        #expect(try intake.status(order.id) == .awaitingApproval)
        try intake.bench.receive(
            EstimateApproved(
                estimateId: cheap, workOrderId: order.id, workOrderNumber: order.number, visitId: trip,
                decision: .none, total: Money(100, "CNY"), approvedAt: intake.bench.now, validUntil: intake.bench.now),
            by: NoteApproval())
        #expect(intake.bench.last(WorkOrderChanged.self)?.need?.reason == .approved)
    }
}
