import DomainContracts

/// States of a job, dispatch's view of a work order. The raw values are those of the wire and of the table's check.
enum JobState: String, Codable, Sendable, CaseIterable {
    /// Somebody is to be found.
    case open
    /// Somebody has been offered the job.
    case offered
    /// Somebody goes.
    case accepted
    /// Dispatch has nothing to do until intake says so.
    case idle
    /// The work order has ended.
    case done
}

/// What can happen to a job.
enum JobEvent: String, Sendable, CaseIterable {
    /// Intake names a new round of need, or the customer a new time after nobody was home.
    case needed
    case offered
    case accepted
    /// The engineer declined, or his lease ran out: somebody else of the same round.
    case offerLost
    /// Somebody is on site from whom it had been taken: he goes on.
    case begun
    /// The order is on hold or resolved: nobody is to go.
    case stopped
    /// The visit ended, or was missed.
    case visitOver
    case closed
}

/// The only way a job's state changes; drawn in docs/state-machines/job.md.
enum JobStateMachine {
    /// The state after the event; nil when the event changes nothing in this state.
    static func next(_ state: JobState, _ event: JobEvent) -> JobState? {
        switch (state, event) {
        case (.open, .needed), (.offered, .needed), (.accepted, .needed), (.idle, .needed): .open
        // A check-in can reach intake after it cancelled: the order is reinstated and may need somebody again.
        case (.done, .needed): .open
        case (.open, .offered): .offered
        case (.offered, .accepted): .accepted
        case (.open, .begun), (.offered, .begun), (.accepted, .begun): .accepted
        case (.offered, .offerLost): .open
        case (.open, .stopped), (.offered, .stopped), (.accepted, .stopped): .idle
        case (.accepted, .visitOver): .idle
        case (.open, .closed), (.offered, .closed), (.accepted, .closed), (.idle, .closed): .done
        case (.open, .accepted), (.open, .offerLost), (.open, .visitOver): nil
        case (.offered, .offered), (.offered, .visitOver): nil
        case (.accepted, .offered), (.accepted, .accepted), (.accepted, .offerLost): nil
        case (.idle, .offered), (.idle, .accepted), (.idle, .offerLost), (.idle, .stopped), (.idle, .visitOver),
            (.idle, .begun):
            nil
        case (.done, .offered), (.done, .accepted), (.done, .offerLost), (.done, .stopped), (.done, .visitOver),
            (.done, .closed), (.done, .begun):
            nil
        }
    }
}
