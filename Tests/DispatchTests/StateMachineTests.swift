import Testing

@testable import DispatchService

struct StateMachineTests {
    /// What docs/state-machines/assignment.md draws; everything else changes nothing.
    static let assignment: [String: AssignmentState] = [
        "offered accept": .accepted, "offered decline": .declined, "offered leaseRanOut": .expired,
        "offered withdraw": .withdrawn, "accepted book": .accepted, "accepted withdraw": .withdrawn,
        "accepted visitEnded": .fulfilled, "accepted visitMissed": .noShow, "accepted begun": .accepted,
        "withdrawn begun": .accepted,
    ]

    /// What docs/state-machines/job.md draws.
    static let job: [String: JobState] = [
        "open needed": .open, "open offered": .offered, "open stopped": .idle, "open closed": .done,
        "offered needed": .open, "offered accepted": .accepted, "offered offerLost": .open, "offered stopped": .idle,
        "offered closed": .done, "accepted needed": .open, "accepted stopped": .idle, "accepted visitOver": .idle,
        "accepted closed": .done, "idle needed": .open, "idle closed": .done, "done needed": .open,
        "open begun": .accepted,
        "offered begun": .accepted, "accepted begun": .accepted,
    ]

    @Test("an assignment goes where its table says", arguments: AssignmentState.allCases, AssignmentEvent.allCases)
    func assignmentTable(state: AssignmentState, event: AssignmentEvent) {
        #expect(AssignmentStateMachine.next(state, event) == Self.assignment["\(state.rawValue) \(event.rawValue)"])
    }

    @Test("a job goes where its table says", arguments: JobState.allCases, JobEvent.allCases)
    func jobTable(state: JobState, event: JobEvent) {
        #expect(JobStateMachine.next(state, event) == Self.job["\(state.rawValue) \(event.rawValue)"])
    }
}
