extension PartRequest {
    /// States of a part request; docs/state-machines/part-request.md draws them.
    enum State: String, CaseIterable, Codable, Sendable {
        /// Above the limit: a storekeeper decides.
        case requested
        /// Allowed, and nothing looked for yet.
        case approved
        /// Some pieces are not there.
        case backordered
        /// All pieces are set aside.
        case reserved
        /// In the engineer's van.
        case issued
        /// Each piece was consumed, returned or written off to the van.
        case settled
        /// Given up before it was issued.
        case released
    }

    /// What can be asked of a part request.
    enum Act: String, CaseIterable, Sendable { case approve, reserve, issue, consume, takeBack, release, writeOff }

    /// Whether an act may be carried out; where it leads follows from the quantities.
    enum Verdict: Equatable, Sendable {
        case carryOut
        /// It is as the act wants it: nothing to do, and nothing wrong.
        case already
        /// A stable code that says what forbids it.
        case refuse(String)
    }

    func verdict(on act: Act) -> Verdict {
        if act == .takeBack, status == .settled, !lines.contains(where: { $0.returnable > 0 }) {
            return .refuse("nothing-to-return")
        }
        return Self.verdict(on: act, in: status)
    }

    static func verdict(on act: Act, in state: State) -> Verdict {
        switch (state, act) {
        case (.requested, .approve), (.requested, .release): .carryOut
        case (.requested, .reserve), (.requested, .issue): .refuse("not-approved")
        case (.requested, .consume), (.requested, .takeBack), (.requested, .writeOff): .refuse("not-issued")

        case (.approved, .approve): .already
        case (.approved, .reserve), (.approved, .release): .carryOut
        case (.approved, .issue): .refuse("not-complete")
        case (.approved, .consume), (.approved, .takeBack), (.approved, .writeOff): .refuse("not-issued")

        case (.backordered, .approve): .already
        case (.backordered, .reserve), (.backordered, .release): .carryOut
        case (.backordered, .issue): .refuse("not-complete")
        // What is set aside may be in somebody's hands before anybody books the issue.
        case (.backordered, .consume): .carryOut
        case (.backordered, .takeBack), (.backordered, .writeOff): .refuse("not-issued")

        case (.reserved, .approve), (.reserved, .reserve): .already
        case (.reserved, .issue), (.reserved, .release), (.reserved, .consume): .carryOut
        case (.reserved, .takeBack), (.reserved, .writeOff): .refuse("not-issued")

        case (.issued, .approve), (.issued, .reserve), (.issued, .issue): .already
        case (.issued, .consume), (.issued, .takeBack), (.issued, .writeOff): .carryOut
        // What is in the van waits for its return or for the deadline.
        case (.issued, .release): .already

        case (.settled, .approve), (.settled, .reserve), (.settled, .issue), (.settled, .release),
            (.settled, .writeOff), (.settled, .consume):
            .already
        // Written off to the van, not gone: it may be brought back later all the same.
        case (.settled, .takeBack): .carryOut

        case (.released, .approve), (.released, .reserve), (.released, .issue): .refuse("released")
        case (.released, .release), (.released, .writeOff), (.released, .consume): .already
        case (.released, .takeBack): .refuse("nothing-to-return")
        }
    }
}
