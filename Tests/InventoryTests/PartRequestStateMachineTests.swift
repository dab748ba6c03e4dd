import Foundation
import Testing

@testable import Inventory

@Suite("Part request")
struct PartRequestStateMachineTests {
    typealias State = PartRequest.State
    typealias Act = PartRequest.Act

    /// docs/state-machines/part-request.md shows the same table. `-` nothing to do; `!code` refused; else the state after.
    static let table: [State: [Act: String]] = [
        .requested: [
            .approve: "approved", .reserve: "!not-approved", .issue: "!not-approved", .consume: "!not-issued",
            .takeBack: "!not-issued", .release: "released", .writeOff: "!not-issued",
        ],
        .approved: [
            .approve: "-", .reserve: "reserved", .issue: "!not-complete", .consume: "!not-issued",
            .takeBack: "!not-issued", .release: "released", .writeOff: "!not-issued",
        ],
        .backordered: [
            .approve: "-", .reserve: "reserved", .issue: "!not-complete", .consume: "backordered",
            .takeBack: "!not-issued", .release: "released", .writeOff: "!not-issued",
        ],
        .reserved: [
            .approve: "-", .reserve: "-", .issue: "issued", .consume: "settled", .takeBack: "!not-issued",
            .release: "released", .writeOff: "!not-issued",
        ],
        .issued: [
            .approve: "-", .reserve: "-", .issue: "-", .consume: "settled", .takeBack: "settled", .release: "-",
            .writeOff: "settled",
        ],
        .settled: [
            .approve: "-", .reserve: "-", .issue: "-", .consume: "-", .takeBack: "!nothing-to-return",
            .release: "-", .writeOff: "-",
        ],
        .released: [
            .approve: "!released", .reserve: "!released", .issue: "!released", .consume: "-",
            .takeBack: "!nothing-to-return", .release: "-", .writeOff: "-",
        ],
    ]

    @Test("every act in every state does what the table says", arguments: State.allCases, Act.allCases)
    func everyPair(state: State, act: Act) throws {
        let expected = try #require(Self.table[state]?[act])
        var request = Self.request(in: state)
        #expect(request.status == state)
        switch request.verdict(on: act) {
        case .already: #expect(expected == "-")
        case .refuse(let code): #expect(expected == "!" + code)
        case .carryOut:
            Self.perform(act, on: &request)
            #expect(request.status.rawValue == expected)
        }
    }

    static let line = UUID()

    /// Two pieces of one part, brought into the state.
    static func request(in state: State) -> PartRequest {
        var request = PartRequest(
            partRequestId: UUID(), workOrderId: UUID(), visitId: UUID(), engineerId: UUID(), neededAt: .distantPast,
            lines: [PartRequestLine(lineId: line, partCode: "PUMP", requested: 2)])
        let steps: [Act] =
            switch state {
            case .requested: []
            case .approved: [.approve]
            case .backordered: [.approve]
            case .reserved: [.approve, .reserve]
            case .issued: [.approve, .reserve, .issue]
            case .settled: [.approve, .reserve, .issue, .consume]
            case .released: [.approve, .release]
            }
        for step in steps { perform(step, on: &request) }
        if state == .backordered {
            request.allocate(1, line: line, at: "depot/main")
            request.noteSearched()
        }
        return request
    }

    static func perform(_ act: Act, on request: inout PartRequest) {
        switch act {
        case .approve: request.approve(by: .storekeeper)
        case .reserve:
            request.allocate(request.lines[0].backordered, line: line, at: "depot/main")
            request.noteSearched()
        case .issue: request.issue()
        case .consume: request.consume(2, of: "PUMP", line: line)
        case .takeBack: request.takeBack(2, line: line)
        case .release: request.releaseUnissued()
        case .writeOff: request.releaseInVan()
        }
    }

    @Test("what was used before the rest is issued leaves the rest to be had, issued or given up", arguments: [1, 2])
    func usedEarly(reserved: Int) {
        var request = Self.request(in: .approved)
        request.allocate(reserved, line: Self.line, at: "depot/main")
        request.noteSearched()
        #expect(
            request.consume(1, of: "PUMP", line: Self.line).handedOut
                == [PartRequestLine.Allocation(locationCode: "depot/main", quantity: 1)])
        #expect(request.status == (reserved == 1 ? .backordered : .reserved))
        #expect(request.lines[0].inVan == 0 && request.lines[0].backordered == 2 - reserved)
        var released = request
        released.releaseUnissued()
        #expect(released.status == .settled && released.lines[0].released == 1)
        if reserved == 1 { request.allocate(1, line: Self.line, at: "depot/north") }
        #expect(request.status == .reserved)
        request.issue()
        #expect(request.status == .issued && request.lines[0].inVan == 1)
    }

    @Test("what was written off to the van may still come back, and the request stays settled")
    func writtenOff() {
        var request = Self.request(in: .issued)
        request.releaseInVan()
        #expect(request.verdict(on: .takeBack) == .carryOut)
        request.takeBack(1, line: Self.line)
        #expect(request.status == .settled && request.lines[0].returned == 1 && request.lines[0].released == 1)
        #expect(request.isSettled && request.lines[0].inVan == 0)
        request.takeBack(1, line: Self.line)
        #expect(request.verdict(on: .takeBack) == .refuse("nothing-to-return"))
    }

    @Test("a line of before depots were kept gives all back to its one depot")
    func olderLine() throws {
        let text = """
            {"lineId": "\(Self.line.uuidString)", "partCode": "PUMP", "requested": 3, "isApproved": true, "allocations": [],
            "issued": 3, "consumed": 0, "returned": 0, "releasedUnissued": 0, "releasedInVan": 0,
            "issuedFrom": "depot/north"}
            """
        var line = try JSONDecoder().decode(PartRequestLine.self, from: Data(text.utf8))
        #expect(line.consume(1) == PartRequest.Use(fromVan: 1))
        #expect(line.takeBack(2) == [PartRequestLine.Allocation(locationCode: "depot/north", quantity: 2)])
    }

    @Test("issued three, used two, returned one is sayable, and settled")
    func quantities() {
        var request = PartRequest(
            partRequestId: UUID(), workOrderId: UUID(), visitId: UUID(), engineerId: UUID(), neededAt: .distantPast,
            lines: [PartRequestLine(lineId: Self.line, partCode: "PUMP", requested: 3)])
        request.approve(by: .withinLimit)
        request.allocate(3, line: Self.line, at: "depot/main")
        request.issue()
        request.consume(2, of: "PUMP", line: Self.line)
        #expect(request.status == .issued)
        request.takeBack(1, line: Self.line)
        let line = request.wire.lines[0]
        let said: [Int] = [line.requested, line.issued, line.consumed, line.returned, line.released]
        #expect(said == [3, 3, 2, 1, 0] as [Int])
        #expect(request.isSettled)
    }
}
