import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Inventory

@Suite("Where a used part comes from")
struct UsedPartTests {
    static let colleague = UUID(uuid: (4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4))
    static var otherVan: String { Location.vanCode(colleague) }
    static let places = ["depot/main", "depot/north", Stockroom.van, otherVan]

    @Test("a part fitted before its issue is booked leaves the depot: nothing is there twice")
    func beforeIssue() throws {
        var room = Stockroom()
        try room.receive(5)
        let ask = try room.need([("PUMP", 1)])
        try room.use(1, for: ask)
        #expect(room.item()?.onHand == 4 && room.item()?.reserved == 0)
        #expect(room.item(Stockroom.van)?.onHand == 0)
        #expect(!room.rows.contains { $0.cause == "adjusted" })
        #expect(room.request(ask)?.status == .settled)
        #expect(room.bench.last(PartsReleased.self)?.request.settled == true)
        // The storekeeper's click comes late, and finds nothing to move.
        try room.issue(ask)
        try room.endVisit(.workDone, requests: [ask.id])
        #expect(room.item()?.onHand == 4 && room.item(Stockroom.van)?.onHand == 0)
        #expect(room.imbalance(of: ["PUMP"], at: Self.places) == [0, 0])
    }

    @Test("a late issue moves only what was not used yet; the end of the visit gives up only that")
    func restIsIssued() throws {
        var room = Stockroom()
        try room.receive(1, into: "depot/main")
        try room.receive(2, into: "depot/north")
        let ask = try room.need([("PUMP", 3)])
        try room.use(1, for: ask)
        try room.use(1, for: ask)
        #expect(room.request(ask)?.status == .reserved && room.item("depot/north")?.reserved == 1)
        var other = room
        try room.issue(ask)
        #expect(room.request(ask)?.status == .issued && room.item(Stockroom.van)?.onHand == 1)
        try other.endVisit(.workDone, requests: [ask.id])
        #expect(other.request(ask)?.status == .settled && other.item("depot/north")?.available == 1)
        for room in [room, other] { #expect(room.imbalance(of: ["PUMP"], at: Self.places) == [0, 0]) }
    }

    @Test("what was set aside is used while the rest is waited for; a receipt completes the rest")
    func partlyThere() throws {
        var room = Stockroom()
        try room.receive(1)
        let ask = try room.need([("PUMP", 2)])
        try room.use(2, for: ask)
        // One came from elsewhere: the van lacks it in the books.
        #expect(room.rows.filter { $0.cause == "adjusted" }.map(\.quantity) == [1])
        #expect(room.request(ask)?.status == .backordered && room.request(ask)?.lines[0].consumed == 1)
        try room.receive(1)
        #expect(room.request(ask)?.status == .reserved)
        #expect(room.imbalance(of: ["PUMP"], at: Self.places) == [0, 0])
    }

    @Test("parts issued to one engineer and fitted by another leave the first one's van, and cost once")
    func colleague() throws {
        var room = Stockroom()
        try room.receive(3, at: 500)
        let ask = try room.need([("PUMP", 2)])
        try room.issue(ask)
        try room.use(1, for: ask, by: Self.colleague)
        #expect(room.item(Stockroom.van)?.onHand == 1 && room.item(Self.otherVan)?.onHand == 0)
        #expect(room.request(ask)?.lines[0].inVan == 1)
        // More than the line has left comes from his own van.
        try room.use(2, for: ask, by: Self.colleague)
        #expect(room.item(Stockroom.van)?.onHand == 0 && room.item(Self.otherVan)?.onHand == 0)
        #expect(room.request(ask)?.status == .settled)
        #expect(room.rows.filter { $0.cause == "adjusted" }.map(\.quantity) == [1])
        // One movement for each use, as what an order cost is counted by use.
        #expect(room.rows.filter { $0.cause == "consumed" }.map(\.quantity) == [-1, -2])
        #expect(room.imbalance(of: ["PUMP"], at: Self.places) == [0, 0])
    }

    @Test("what another's van lacks in the books is adjusted once, where it was fitted")
    func colleagueLacks() throws {
        var room = Stockroom()
        try room.receive(2)
        let ask = try room.need([("PUMP", 1)])
        try room.issue(ask)
        try room.use(1)
        try room.use(1, for: ask, by: Self.colleague)
        #expect(room.rows.filter { $0.cause == "adjusted" }.map(\.locationCode) == [Self.otherVan])
        #expect(room.imbalance(of: ["PUMP"], at: Self.places) == [0, 0])
    }

    @Test("a request filled from several depots gives back to each what came from it")
    func severalDepots() throws {
        var room = Stockroom()
        try room.receive(2, into: "depot/main")
        try room.receive(2, into: "depot/north")
        let ask = try room.need([("PUMP", 4)])
        try room.issue(ask)
        try room.use(1, for: ask)
        try room.giveBack(2, of: ask)
        #expect(room.item("depot/main")?.onHand == 1 && room.item("depot/north")?.onHand == 1)
        try room.giveBack(1, of: ask)
        #expect(room.item("depot/north")?.onHand == 2)
        #expect(room.request(ask)?.status == .settled)
        #expect(room.imbalance(of: ["PUMP"], at: Self.places) == [0, 0])
    }

    @Test("what was written off to the van is taken back as long as the van has it")
    func afterWriteOff() throws {
        var room = Stockroom()
        try room.receive(3)
        let ask = try room.need([("PUMP", 3)])
        try room.issue(ask)
        try room.endVisit(.workDone, requests: [ask.id])
        #expect(try room.bench.fire(WriteOffUnreturnedParts(policy: room.policy), for: ask.id))
        try room.use(1)
        #expect(throws: Refusal.self) { try room.giveBack(3, of: ask) }
        try room.giveBack(2, of: ask)
        #expect(room.item()?.onHand == 2 && room.item(Stockroom.van)?.onHand == 0)
        #expect(room.request(ask)?.status == .settled && room.request(ask)?.lines[0].returned == 2)
        #expect(room.bench.last(PartsReturned.self)?.request.settled == true)
        #expect(!room.rows.contains { $0.cause == "adjusted" })
        #expect(throws: Refusal.self) { try room.giveBack(1, of: ask) }
    }

    @Test("a code that differs from its line's in case or spaces only is the line's part")
    func writtenDifferently() throws {
        var room = Stockroom()
        try room.receive(2, at: 700)
        let ask = try room.need([("PUMP", 1)])
        try room.issue(ask)
        try room.use(1, of: "pump ", for: ask)
        #expect(room.part("pump ") == nil)
        #expect(room.rows.last?.partCode == "PUMP" && room.rows.last?.value == -700)
        #expect(room.request(ask)?.status == .settled)
    }
}
