extension Estimate {
    /// States of an estimate; docs/state-machines/estimate.md draws them.
    enum State: String, CaseIterable, Codable, Sendable {
        /// Nobody's word is needed.
        case none
        /// Before our own approver.
        case approval
        /// Before the customer.
        case quote
        /// Our approver allowed it, and the customer's word is not needed.
        case approved
        case rejected, accepted, refused
        /// The customer did not answer in time.
        case lapsed
        /// A newer estimate, or the order's end, took its place.
        case superseded
    }

    enum Event: String, CaseIterable, Sendable { case approve, reject, accept, refuse, deadline, supersede }

    enum Verdict: Equatable, Sendable {
        case move(State)
        /// It was said before.
        case already
        /// A stable code that says what forbids it.
        case refuse(String)
    }

    static func verdict(on event: Event, in state: State, needsQuote: Bool) -> Verdict {
        switch (state, event) {
        case (.none, .approve), (.none, .reject), (.none, .accept), (.none, .refuse): .refuse("nothing-to-answer")
        case (.none, .deadline), (.none, .supersede): .already

        case (.approval, .approve): .move(needsQuote ? .quote : .approved)
        case (.approval, .reject), (.approval, .deadline): .move(.rejected)
        case (.approval, .accept), (.approval, .refuse): .refuse("awaits-approval")
        case (.approval, .supersede): .move(.superseded)

        // In `quote` our approver has nothing more to say; whether he ever had is in the history.
        case (.quote, .approve): .already
        case (.quote, .reject): .refuse("before-customer")
        case (.quote, .accept): .move(.accepted)
        case (.quote, .refuse): .move(.refused)
        case (.quote, .deadline): .move(.lapsed)
        case (.quote, .supersede): .move(.superseded)

        case (.approved, .approve): .already
        case (.approved, .reject): .refuse("approved")
        case (.approved, .accept), (.approved, .refuse): .refuse("nothing-to-answer")
        case (.approved, .deadline), (.approved, .supersede): .already

        case (.rejected, .approve), (.rejected, .accept), (.rejected, .refuse): .refuse("rejected")
        case (.rejected, .reject), (.rejected, .deadline), (.rejected, .supersede): .already

        case (.accepted, .approve), (.accepted, .accept), (.accepted, .deadline), (.accepted, .supersede): .already
        case (.accepted, .reject), (.accepted, .refuse): .refuse("accepted")

        case (.refused, .approve), (.refused, .reject), (.refused, .accept): .refuse("refused")
        case (.refused, .refuse), (.refused, .deadline), (.refused, .supersede): .already

        case (.lapsed, .approve), (.lapsed, .reject), (.lapsed, .accept): .refuse("lapsed")
        case (.lapsed, .refuse), (.lapsed, .deadline), (.lapsed, .supersede): .already

        case (.superseded, .approve), (.superseded, .reject), (.superseded, .accept), (.superseded, .refuse):
            .refuse("superseded")
        case (.superseded, .deadline), (.superseded, .supersede): .already
        }
    }
}
