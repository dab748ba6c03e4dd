/// Which act leads where; docs/state-machines/visit.md draws the same table.
enum VisitStateMachine {
    /// The state after `act`, or nil when it cannot happen in `state`.
    static func next(_ state: VisitState, _ act: VisitAct) -> VisitState? {
        switch act {
        case .book: afterBooking(state)
        case .depart: state == .scheduled ? .enRoute : nil
        case .checkIn: afterCheckIn(state)
        case .start: state == .onSite ? .inProgress : nil
        case .pause: state == .inProgress ? .paused : nil
        case .resume: state == .paused ? .inProgress : nil
        case .awaitEstimate: afterAwaiting(state)
        case .usePart: state == .inProgress ? .inProgress : nil
        case .end: state.isOnSite ? .ended : nil
        case .miss: afterMissing(state)
        case .cancel: afterCancelling(state)
        }
    }

    /// A new time while he is on his way turns him round.
    private static func afterBooking(_ state: VisitState) -> VisitState? {
        switch state {
        case .planned, .scheduled, .enRoute: .scheduled
        case .onSite, .inProgress, .paused, .ended, .missed, .cancelled: nil
        }
    }

    /// Engineers forget to say that they set out: that stops nobody from arriving.
    private static func afterCheckIn(_ state: VisitState) -> VisitState? {
        switch state {
        case .scheduled, .enRoute: .onSite
        case .planned, .onSite, .inProgress, .paused, .ended, .missed, .cancelled: nil
        }
    }

    private static func afterAwaiting(_ state: VisitState) -> VisitState? {
        switch state {
        case .inProgress, .paused: .paused
        case .planned, .scheduled, .enRoute, .onSite, .ended, .missed, .cancelled: nil
        }
    }

    private static func afterMissing(_ state: VisitState) -> VisitState? {
        switch state {
        case .scheduled, .enRoute: .missed
        case .planned, .onSite, .inProgress, .paused, .ended, .missed, .cancelled: nil
        }
    }

    /// From the check-in on, work has begun and cannot be undone by a withdrawal.
    private static func afterCancelling(_ state: VisitState) -> VisitState? {
        switch state {
        case .planned, .scheduled, .enRoute: .cancelled
        case .onSite, .inProgress, .paused, .ended, .missed, .cancelled: nil
        }
    }
}
