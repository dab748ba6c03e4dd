import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Inventory

@Suite("What becomes of parts")
struct PartEndTests {
    @Test("a use counts to its line, and the last one settles the request and says so")
    func use() throws {
        var room = Stockroom()
        try room.receive(2)
        let ask = try room.need([("PUMP", 2)])
        try room.issue(ask)
        try room.use(1, for: ask)
        #expect(room.request(ask)?.status == .issued)
        #expect(room.bench.all(PartsReleased.self).isEmpty)
        try room.use(1, for: ask)
        #expect(room.bench.last(PartsReleased.self)?.request.settled == true)
        #expect(room.item(Stockroom.van)?.onHand == 0)
        #expect(room.part()?.value == 0)
    }

    @Test("a use the van cannot cover is adjusted first, at average cost, and then consumed")
    func shortfall() throws {
        var room = Stockroom()
        try room.receive(4, at: 250)
        try room.use(3)
        #expect(room.rows.suffix(2).map(\.cause) == ["adjusted", "consumed"])
        #expect(room.rows.suffix(2).map(\.quantity) == [3, -3])
        #expect(room.rows.suffix(2).map(\.value) == [750, -750])
        #expect(room.item(Stockroom.van)?.onHand == 0)
        #expect(room.part()?.value == 1_000)
    }

    @Test("a part nobody ever bought is used at no value")
    func neverBought() throws {
        var room = Stockroom()
        try room.use(1, of: "STRANGE")
        #expect(room.rows.map(\.value) == [0, 0])
    }

    @Test("using more than was issued takes the rest from the van, not from the line")
    func overUse() throws {
        var room = Stockroom()
        try room.receive(1)
        let ask = try room.need([("PUMP", 1)])
        try room.issue(ask)
        try room.use(3, for: ask)
        #expect(room.request(ask)?.lines[0].consumed == 1)
        #expect(room.request(ask)?.status == .settled)
        #expect(room.rows.last?.quantity == -3)
    }

    @Test("the same usage, receipt or return twice has no second effect")
    func twice() throws {
        var room = Stockroom()
        let receipt = UUID()
        try room.receive(5, receipt: receipt)
        try room.receive(5, receipt: receipt)
        #expect(room.item()?.onHand == 5)
        #expect(throws: Refusal.conflict("receipt-differs", "This receipt was booked with other goods")) {
            try room.receive(6, receipt: receipt)
        }
        let ask = try room.need([("PUMP", 3)])
        try room.issue(ask)
        let usage = UUID()
        try room.use(1, for: ask, usage: usage)
        try room.use(1, for: ask, usage: usage)
        #expect(room.item(Stockroom.van)?.onHand == 2)
        let giving = UUID()
        try room.giveBack(1, of: ask, returnId: giving)
        try room.giveBack(1, of: ask, returnId: giving)
        #expect(room.request(ask)?.lines[0].returned == 1)
        #expect(room.item()?.onHand == 3)
    }

    @Test("a use for a request that is not known yet waits for its order")
    func early() throws {
        var room = Stockroom()
        #expect(try room.use(1, requestId: UUID()) == false)
        #expect(room.rows.isEmpty)
    }

    @Test("a good part goes back to its depot and to who waits for it; a defective one is scrapped")
    func returned() throws {
        var room = Stockroom()
        try room.receive(3, at: 100)
        let ask = try room.need([("PUMP", 3)])
        try room.issue(ask)
        room.bench.now += 60
        let waiting = try room.need([("PUMP", 1)], order: UUID(), visit: UUID())
        try room.giveBack(1, of: ask)
        #expect(room.request(waiting)?.status == .reserved)
        try room.giveBack(1, of: ask, .defective)
        #expect(room.rows.last?.cause == "scrapped")
        #expect(room.rows.last?.value == -100)
        #expect(throws: Refusal.self) { try room.giveBack(2, of: ask) }
        #expect(room.imbalance(of: ["PUMP"], at: ["depot/main", Stockroom.van]) == [0, 0])
    }

    @Test("a visit that waits for parts keeps them; one that is done releases what was not issued")
    func visitEnds() throws {
        var room = Stockroom()
        try room.receive(2)
        let ask = try room.need([("PUMP", 2)])
        try room.endVisit(.partMissing, requests: [ask.id])
        #expect(room.item()?.reserved == 2)
        try room.endVisit(.workDone, requests: [ask.id])
        #expect(room.item()?.reserved == 0)
        #expect(room.request(ask)?.status == .released)
        #expect(room.bench.last(PartsReleased.self)?.request.settled == true)
    }

    @Test("released pieces go to the request that waits for them")
    func releasedToNext() throws {
        var room = Stockroom()
        try room.receive(1)
        try room.need([("PUMP", 1)])
        let other = try room.need([("PUMP", 1)], order: UUID(), visit: UUID())
        try room.closeOrder()
        #expect(room.request(other)?.status == .reserved)
        #expect(room.item()?.reserved == 1)
    }

    @Test("a request that arrives after its visit's last word, or its order's end, is released at once")
    func tooLate() throws {
        var room = Stockroom()
        try room.receive(5)
        try room.endVisit(.workDone, requests: [UUID()])
        let late = try room.need([("PUMP", 1)])
        #expect(room.request(late)?.status == .released)
        try room.closeOrder()
        let later = try room.need([("PUMP", 1)], visit: UUID(), at: room.bench.now - 5)
        #expect(room.request(later)?.status == .released)
        #expect(room.item()?.reserved == 0)
    }

    @Test("a request made after a cancellation shows that the order was reinstated; a closed one is never taken up")
    func reinstated() throws {
        for (status, isServed) in [(WorkOrderStatus.cancelled, true), (.merged, true), (.closed, false)] {
            var room = Stockroom()
            try room.receive(1)
            try room.closeOrder(status)
            room.bench.now += 60
            let ask = try room.need([("PUMP", 1)], visit: UUID())
            #expect(room.request(ask)?.status == (isServed ? .reserved : .released))
            #expect(room.item()?.reserved == (isServed ? 1 : 0))
        }
    }

    @Test("issued pieces that nobody brings back are the van's after seven days, and settle the request")
    func writtenOff() throws {
        var room = Stockroom()
        try room.receive(2)
        let ask = try room.need([("PUMP", 2)])
        try room.issue(ask)
        try room.use(1, for: ask)
        let ended = room.bench.now
        try room.endVisit(.workDone, requests: [ask.id])
        #expect(room.request(ask)?.status == .issued)
        #expect(try room.bench.fire(WriteOffUnreturnedParts(policy: room.policy), for: ask.id))
        #expect(room.bench.now.timeIntervalSince(ended) == 7 * 24 * 3600)
        #expect(room.bench.last(PartsReleased.self)?.request.settled == true)
        #expect(room.item(Stockroom.van)?.onHand == 1)
    }

    @Test("a receipt is refused with a pointer to each member at fault")
    func badReceipt() throws {
        var room = Stockroom()
        do {
            try room.receive(0, of: "", at: -1, into: "van/x", currency: "EUR")
            Issue.record("was accepted")
        } catch let refusal as Refusal {
            #expect(
                refusal.problem.errors.map(\.pointer) == [
                    "/data/locationCode", "/data/partCode", "/data/quantity", "/data/unitCost/amount",
                    "/data/unitCost/currency",
                ])
        }
    }

    @Test("an engineer's van is a place that holds stock")
    func van() throws {
        var room = Stockroom()
        let event = EngineerRegistered(
            engineerId: Stockroom.engineer, employeeNumber: "E1", name: "李工", grade: "senior", branch: "b", team: "t",
            hourlyRate: Money(8_000, "CNY"))
        try room.bench.receive(event, by: OpenVan())
        let van = room.bench.state(Location.self, InventoryID.location(Stockroom.van))
        #expect(van?.kind == .van)
        #expect(van?.engineerId == Stockroom.engineer)
    }
}
