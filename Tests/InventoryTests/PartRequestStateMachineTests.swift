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
            .approve: "-", .reserve: "reserved", .issue: "!not-complete", .consume: "!not-issued",
            .takeBack: "!not-issued", .release: "released", .writeOff: "!not-issued",
        ],
        .reserved: [
            .approve: "-", .reserve: "-", .issue: "issued", .consume: "!not-issued", .takeBack: "!not-issued",
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
