import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Inventory

@Suite("A part request's way")
struct PartRequestTests {
    @Test("what the depot has is reserved at once, and told as complete")
    func reserved() throws {
        var room = Stockroom()
        try room.receive(5)
        let ask = try room.need([("PUMP", 2)])
        #expect(room.bench.last(PartsReserved.self)?.request.complete == true)
        #expect(room.item()?.reserved == 2)
        #expect(room.request(ask)?.status == .reserved)
    }

    @Test("what no depot has is backordered, and a receipt fills the oldest request first")
    func oldestFirst() throws {
        var room = Stockroom()
        let first = try room.need([("PUMP", 2)])
        #expect(room.bench.last(PartsBackordered.self)?.request.complete == false)
        room.bench.now += 60
        let second = try room.need([("PUMP", 2)])
        try room.receive(3)
        #expect(room.request(first)?.status == .reserved)
        #expect(room.request(second)?.lines[0].reserved == 1)
        let told = room.bench.all(PartsReserved.self).map(\.request)
        #expect(told.count == 2)
        #expect(told.first { $0.partRequestId == first.id }?.complete == true)
        #expect(told.first { $0.partRequestId == second.id }?.complete == false)
        try room.receive(1)
        #expect(room.request(second)?.status == .reserved)
        #expect(room.item()?.available == 0)
    }

    @Test("an older request that arrives late goes before a younger one that waits")
    func lateButOlder() throws {
        var room = Stockroom()
        let younger = try room.need([("PUMP", 1)])
        let older = try room.need([("PUMP", 1)], at: room.bench.now - 3600)
        try room.receive(1)
        #expect(room.request(older)?.status == .reserved)
        #expect(room.request(younger)?.status == .backordered)
    }

    @Test("reserved parts are looked for in every depot")
    func severalDepots() throws {
        var room = Stockroom()
        try room.receive(1, into: "depot/main")
        try room.receive(1, into: "depot/north")
        let ask = try room.need([("PUMP", 2)])
        #expect(room.request(ask)?.status == .reserved)
        try room.issue(ask)
        #expect(room.item(Stockroom.van)?.onHand == 2)
        #expect(room.rows.filter { $0.cause == "issued" }.map(\.quantity).sorted() == [-1, -1, 2])
    }

    @Test("only a complete request is issued")
    func incomplete() throws {
        var room = Stockroom()
        try room.receive(1)
        let ask = try room.need([("PUMP", 2)])
        #expect(throws: Refusal.conflict("not-complete", "The request's parts cannot be issued")) {
            try room.issue(ask)
        }
    }

    @Test("an unknown request is not found")
    func unknown() throws {
        var room = Stockroom()
        let ask = Stockroom.Ask(id: UUID(), lines: [UUID()], event: try room.need([]).event)
        #expect(throws: Refusal.self) { try room.issue(ask) }
        #expect(throws: Refusal.self) { try room.giveBack(1, of: ask) }
    }

    @Test("issuing moves pieces and value to the van and nets to zero; a second issue moves nothing")
    func issue() throws {
        var room = Stockroom()
        try room.receive(3, at: 333)
        let ask = try room.need([("PUMP", 2)])
        try room.issue(ask)
        let issued = room.rows.filter { $0.cause == "issued" }
        #expect(issued.map(\.quantity).sorted() == [-2, 2])
        #expect(issued.reduce(0) { $0 + $1.value } == 0)
        #expect(room.item(Stockroom.van)?.onHand == 2)
        #expect(room.item()?.onHand == 1)
        #expect(room.item()?.reserved == 0)
        let rows = room.rows.count
        #expect(try room.issue(ask).status == "issued")
        #expect(room.rows.count == rows)
        #expect(room.bench.all(PartsIssued.self).count == 1)
    }

    @Test("the same part request told twice is one request")
    func repeated() throws {
        var room = Stockroom()
        try room.receive(5)
        let ask = try room.need([("PUMP", 2)])
        try room.bench.receive(ask.event, by: ReserveNeededParts(policy: room.policy))
        #expect(room.item()?.reserved == 2)
        #expect(room.bench.all(PartsReserved.self).count == 1)
    }

    @Test("a request above the limit waits for the storekeeper")
    func aboveLimit() throws {
        var room = Stockroom()
        try room.receive(10, at: 300_000)
        let ask = try room.need([("PUMP", 2)])
        #expect(room.request(ask)?.status == .requested)
        #expect(room.item()?.reserved == 0)
        #expect(throws: Refusal.conflict("not-approved", "The request's parts cannot be issued")) {
            try room.issue(ask)
        }
        let reply = try room.bench.send(
            ApprovePartRequest(partRequestId: ask.id), to: AllowPartRequest(policy: room.policy))
        #expect(reply.status == "reserved")
        #expect(room.bench.timers.isEmpty)
    }

    @Test("a request nobody decided about is approved by deadline")
    func approvedByDeadline() throws {
        var room = Stockroom()
        try room.receive(10, at: 300_000)
        let ask = try room.need([("PUMP", 2)])
        let asked = room.bench.now
        #expect(try room.bench.fire(ApproveOverdueRequest(policy: room.policy), for: ask.id))
        #expect(room.bench.now.timeIntervalSince(asked) == 24 * 3600)
        #expect(room.request(ask)?.approval == .deadline)
        #expect(room.request(ask)?.status == .reserved)
    }
}
