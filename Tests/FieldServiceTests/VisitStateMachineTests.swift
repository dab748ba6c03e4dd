import Testing

@testable import FieldService

@Suite struct VisitStateMachineTests {
    /// One row an act: what each state becomes, in the order of `VisitState`; `·` where the act cannot happen.
    static let table: [(VisitAct, String)] = [
        (.book, "scheduled scheduled scheduled · · · · · ·"),
        (.depart, "· en_route · · · · · · ·"),
        (.checkIn, "· on_site on_site · · · · · ·"),
        (.start, "· · · in_progress · · · · ·"),
        (.pause, "· · · · paused · · · ·"),
        (.resume, "· · · · · in_progress · · ·"),
        (.awaitEstimate, "· · · · paused paused · · ·"),
        (.usePart, "· · · · in_progress · · · ·"),
        (.end, "· · · ended ended ended · · ·"),
        (.miss, "· missed missed · · · · · ·"),
        (.cancel, "cancelled cancelled cancelled · · · · · ·"),
    ]

    @Test("a visit's state machine is this table", arguments: VisitState.allCases, VisitAct.allCases)
    func matchesTable(state: VisitState, act: VisitAct) throws {
        let row = try #require(Self.table.first { $0.0 == act })
        let column = try #require(VisitState.allCases.firstIndex(of: state))
        let cells = row.1.split(separator: " ")
        try #require(cells.count == VisitState.allCases.count)
        #expect(VisitStateMachine.next(state, act) == VisitState(rawValue: String(cells[column])))
    }

    @Test("nothing happens to a visit that is over", arguments: VisitState.allCases.filter(\.isFinal))
    func finalStates(state: VisitState) {
        for act in VisitAct.allCases { #expect(VisitStateMachine.next(state, act) == nil) }
    }
}
