import DomainContracts

/// Which service hears which events: data, so that the whole topology can be declared before any service runs, and a
/// test holds it against the handlers each service registers.
package enum EventBindings {
    /// Routing keys on `mendloop.events` by the service that hears them. A channelled event ends in `.*`.
    package static let live: [String: [String]] = [
        "intake": [
            AssignmentOffered.key, AssignmentDeclined.key, AssignmentExpired.key, AssignmentAccepted.key,
            AssignmentBooked.key, AssignmentWithdrawn.key, DispatchImpossible.key, VisitDeparted.key,
            VisitCheckedIn.key, VisitStarted.key, VisitPaused.key, VisitResumed.key, VisitMissed.key, PartsNeeded.key,
            VisitEnded.key, CompletionConfirmed.key, CompletionDisputed.key, PartsReserved.key, PartsBackordered.key,
            EstimatePrepared.key, EstimateApproved.key, EstimateRejected.key, QuoteAccepted.key, QuoteRefused.key,
            ChargeFinal.key, SettlementChanged.key, ContractChanged.key, SurveyAnswered.key, FollowUpCompleted.key,
        ],
        "dispatch": [
            WorkOrderOpened.key, WorkOrderChanged.key, WorkOrderClosed.key, VisitMissed.key, VisitEnded.key,
        ],
        "field-service": [
            WorkOrderOpened.key, WorkOrderClosed.key, AssignmentAccepted.key, AssignmentBooked.key,
            AssignmentWithdrawn.key, EstimatePrepared.key, EstimateApproved.key, EstimateRejected.key,
            QuoteAccepted.key, QuoteRefused.key,
        ],
        "inventory": [
            WorkOrderClosed.key, EngineerRegistered.key, PartsNeeded.key, PartUsed.key, VisitEnded.key,
        ],
        "billing": [
            WorkOrderOpened.key, WorkOrderClosed.key, EngineerRegistered.key, FindingRecorded.key, PartsNeeded.key,
            PartUsed.key, VisitEnded.key, CompletionConfirmed.key, StockMoved.key, PartsIssued.key, PartsReturned.key,
            PartsReleased.key,
        ],
        "feedback": [
            WorkOrderOpened.key, WorkOrderClosed.key, RequestIncomplete.key, ContactChanged.key, SLAClockWarned.key,
            SLAClockBreached.key, IntakeEscalationRaised.key, EngineerRegistered.key, AssignmentBooked.key,
            DispatchEscalationRaised.key, VisitEnded.key, CompletionConfirmed.key, EstimatePrepared.key,
            EstimateApproved.key,
        ],
    ]

    /// Routing keys that a service heard in an earlier version and hears no more: unbound by `migrate`.
    static let retired: [String: [String]] = [:]

    /// Event types that at least one service hears.
    static let heardTypes: Set<String> = Set(live.values.joined().map { "mendloop.\($0)" })
}

extension Event {
    fileprivate static var key: String { routingKey() }
}
