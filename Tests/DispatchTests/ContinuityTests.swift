import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// Who was at a device, or at a customer, before.
struct ContinuityTests {
    private let device = uuid(6000)

    private func order(_ number: Int, device: UUID? = nil, customer: UUID = uuid(5000)) -> WorkOrderOpened {
        var order = opened(number)
        order.deviceId = device
        order.customerId = customer
        return order
    }

    /// Sends an engineer to an order by hand, and lets his visit end.
    private func visit(
        _ order: WorkOrderOpened, by engineer: Int, _ reason: VisitEndReason = .workDone, at end: Date = hours(2),
        in company: inout Company
    ) throws {
        try company.open(order)
        try company.bench.send(
            AssignEngineer(workOrderId: order.workOrderId, engineerId: uuid(engineer)), to: AssignByHand())
        let offer = try company.lastOffer()
        try company.accept(offer)
        try company.bench.receive(ended(offer, reason, at: end), by: EndVisitedAssignment())
    }

    private func offer(_ order: WorkOrderOpened, in company: inout Company) throws -> AssignmentOffered {
        try company.open(order)
        try company.dispatch()
        return try company.lastOffer()
    }

    private func continuity(_ offer: AssignmentOffered) -> [UUID: Int] {
        offer.explanation.ranking.reduce(into: [:]) { costs, score in
            costs[score.engineerId] = score.terms.first { $0.rule == "continuity" }?.cost ?? 0
        }
    }

    @Test("who was at the device last goes again, else who was at the customer; and the reasons say it")
    func remembered() throws {
        var company = try Company(engineers: 3)
        try visit(order(200, device: device), by: 3, at: hours(0.1), in: &company)
        try visit(order(201), by: 2, at: hours(0.2), in: &company)
        let same = try offer(order(100, device: device), in: &company)
        #expect(same.engineerId == uuid(3))
        #expect(continuity(same) == [uuid(1): 120, uuid(2): 120, uuid(3): 0])
        let other = try offer(order(101, device: uuid(6001)), in: &company)
        #expect(continuity(other) == [uuid(1): 120, uuid(2): 0, uuid(3): 120])
        let stranger = try offer(order(102, customer: uuid(5002)), in: &company)
        #expect(Set(continuity(stranger).values) == [0])
    }

    @Test("who accepted the order last comes before who was at its device")
    func accepted() throws {
        var company = try Company(engineers: 3)
        try visit(order(200, device: device), by: 3, at: hours(0.1), in: &company)
        try company.open(order(100, device: device))
        try company.bench.send(AssignEngineer(workOrderId: uuid(100), engineerId: uuid(2)), to: AssignByHand())
        let first = try company.lastOffer()
        try company.accept(first)
        try company.bench.receive(ended(first, .partMissing, at: hours(0.2)), by: EndVisitedAssignment())
        try visit(order(201, device: device), by: 3, at: hours(0.3), in: &company)
        try company.change(changed(.pendingDispatch, need: need(2, .partsReady)))
        try company.dispatch()
        #expect(continuity(try company.lastOffer()) == [uuid(1): 120, uuid(2): 0, uuid(3): 120])
    }

    @Test("where nobody opened nobody was, and older news changes nothing")
    func reallyThere() throws {
        var company = try Company(engineers: 3)
        func last(_ id: UUID) -> UUID? { company.bench.state(LastVisit.self, id)?.engineerId }
        try visit(order(200, device: device), by: 1, .noAccess, at: hours(0.1), in: &company)
        #expect(last(device) == nil && last(uuid(5000)) == nil)
        try visit(order(201, device: device), by: 2, .cannotBeDone, at: hours(0.5), in: &company)
        try visit(order(202, device: device), by: 3, at: hours(0.4), in: &company)
        #expect(last(device) == uuid(2) && last(uuid(5000)) == uuid(2))
        try visit(order(203, device: uuid(6001)), by: 1, at: hours(0.6), in: &company)
        #expect(last(device) == uuid(2) && last(uuid(6001)) == uuid(1) && last(uuid(5000)) == uuid(1))
    }
}
