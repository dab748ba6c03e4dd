import DomainContracts
import Foundation
import Testing

@testable import Intake

struct MachineTests {
    /// docs/state-machines/service-request.md; `-` changes nothing.
    static let requests = """
        state       foundIncomplete workOrderOpened answered merged markedAsSpam unmerged unmergedIncomplete
        received    incomplete      converted       answered merged spam -         -
        incomplete  incomplete      converted       answered merged spam -         -
        converted   -               -               -        merged - -            -
        answered    -               -               -        -      - -            -
        merged      -               -               -        -      - converted    incomplete
        spam        -               -               -        -      - -            -
        """

    @Test("a service request moves as its table says", arguments: cells(requests))
    func request(cell: Cell) throws {
        let state = try #require(ServiceRequestState(rawValue: cell.row))
        let event = try #require(ServiceRequestEvent(rawValue: cell.column))
        #expect(ServiceRequestMachine.next(state, event)?.rawValue ?? "-" == cell.value)
    }

    /// docs/state-machines/sla-clock.md; `-` changes nothing.
    static let clocks = """
        phase   started paused resumed stopped voided target_changed calendar_changed
        running -       paused -       stopped void   -              -
        paused  -       -      running stopped void   -              -
        stopped -       -      running -       -      -              -
        void    -       -      running -       -      -              -
        """

    @Test("a clock moves as its table says", arguments: cells(clocks))
    func clock(cell: Cell) throws {
        let phase = try #require(SLAClockPhase(rawValue: cell.row))
        let event = try #require(ClockEvent.What(rawValue: cell.column))
        #expect(SLAClockMachine.next(phase, event)?.rawValue ?? "-" == cell.value)
    }

    /// docs/state-machines/work-order.md.
    static let acts = """
        status                hold resume cancel reopen merge resolve_remotely
        qualified             yes  yes    yes    no     yes   yes
        pending_dispatch      yes  no     yes    no     yes   yes
        assigned              yes  no     yes    no     yes   yes
        accepted              yes  no     yes    no     yes   yes
        scheduled             yes  no     yes    no     yes   yes
        en_route              yes  no     yes    no     yes   no
        on_site               no   no     no     no     no    no
        in_progress           no   no     no     no     no    no
        awaiting_parts        yes  yes    yes    no     yes   yes
        awaiting_customer     yes  yes    yes    no     yes   yes
        awaiting_quote        no   no     yes    no     yes   no
        awaiting_approval     no   no     yes    no     yes   no
        on_hold               yes  yes    yes    no     yes   yes
        awaiting_confirmation no   no     no     yes    no    no
        awaiting_follow_up    no   no     no     yes    no    no
        closed                no   no     no     yes    no    no
        cancelled             no   no     no     no     no    no
        merged                no   no     no     no     no    no
        """

    @Test("people may ask what the table allows", arguments: cells(acts))
    func act(cell: Cell) throws {
        let state = try #require(WorkOrderState(rawValue: cell.row))
        let act = try #require(WorkOrderAct(rawValue: cell.column))
        #expect(WorkOrderCommandRule.allows(act, in: state) == (cell.value == "yes"))
    }

    @Test("the tables name every state and every event")
    func complete() {
        #expect(
            Self.cells(Self.requests).count == ServiceRequestState.allCases.count * ServiceRequestEvent.allCases.count)
        #expect(Self.cells(Self.clocks).count == SLAClockPhase.allCases.count * ClockEvent.What.allCases.count)
        #expect(Self.cells(Self.acts).count == WorkOrderState.allCases.count * WorkOrderAct.allCases.count)
    }

    @Test("states are spelled as on the wire")
    func spelling() {
        #expect(Set(WorkOrderState.allCases.map(\.rawValue)) == Set(WorkOrderStatus.known.map(\.rawValue)))
        #expect(Set(ServiceRequestState.allCases.map(\.rawValue)) == Set(RequestStatus.known.map(\.rawValue)))
    }

    struct Cell: Sendable, CustomTestStringConvertible {
        let row, column, value: String
        var testDescription: String { "\(row) × \(column) → \(value)" }
    }

    static func cells(_ table: String) -> [Cell] {
        let lines = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        guard let columns = lines.first else { return [] }
        return lines.dropFirst().flatMap { line in
            zip(columns, line).dropFirst().map { Cell(row: line[0], column: $0, value: $1) }
        }
    }
}
