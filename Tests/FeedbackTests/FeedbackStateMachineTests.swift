import Testing

@testable import Feedback

@Suite struct FeedbackStateMachineTests {
    /// One row an act: what each state becomes, in the order of the states; `·` where the act cannot happen.
    static let followUps: [(FollowUpAct, String)] = [
        (.restart, "scheduled scheduled scheduled scheduled scheduled scheduled"),
        (.fallDue, "due · · · · ·"),
        (.answer, "answered answered · · · ·"),
        (.complete, "completed completed · · · ·"),
        (.expire, "· expired · · · ·"),
        (.cancel, "void void · · · ·"),
    ]

    static let notifications: [(NotificationAct, String)] = [
        (.deliver, "delivered · delivered delivered"),
        (.fail, "failed · · failed"),
        (.lapse, "unconfirmed · · ·"),
    ]

    @Test("a follow-up's state machine is this table", arguments: FollowUpState.allCases, FollowUpAct.allCases)
    func followUp(state: FollowUpState, act: FollowUpAct) throws {
        let row = try #require(Self.followUps.first { $0.0 == act })
        let cell = try cell(row.1, FollowUpState.allCases.firstIndex(of: state), of: FollowUpState.allCases.count)
        #expect(FollowUpStateMachine.next(state, act) == FollowUpState(rawValue: cell))
    }

    @Test(
        "a notification's state machine is this table", arguments: NotificationState.allCases, NotificationAct.allCases)
    func notification(state: NotificationState, act: NotificationAct) throws {
        let row = try #require(Self.notifications.first { $0.0 == act })
        let states = NotificationState.allCases
        let cell = try cell(row.1, states.firstIndex(of: state), of: states.count)
        #expect(NotificationStateMachine.next(state, act) == NotificationState(rawValue: cell))
    }

    private func cell(_ row: String, _ column: Int?, of count: Int) throws -> String {
        let cells = row.split(separator: " ")
        try #require(cells.count == count)
        return String(cells[try #require(column)])
    }
}
