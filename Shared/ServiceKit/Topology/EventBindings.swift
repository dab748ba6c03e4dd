import DomainContracts

/// Which service hears which events: data, so that the whole topology can be declared before any service runs, and a
/// test holds it against the handlers each service registers.
package enum EventBindings {
    /// Routing keys on `mendloop.events` by the service that hears them.
    package static let live: [String: [String]] = [
        "intake": [
            AssignmentOffered.key, AssignmentDeclined.key, AssignmentExpired.key, AssignmentAccepted.key,
            AssignmentBooked.key, AssignmentWithdrawn.key, DispatchImpossible.key, VisitDeparted.key,
            VisitCheckedIn.key, VisitStarted.key, VisitPaused.key, VisitResumed.key, VisitMissed.key,
            VisitCalledOff.key, PartsNeeded.key,
            VisitEnded.key, CompletionConfirmed.key, CompletionDisputed.key, PartsReserved.key, PartsBackordered.key,
            PartsReleased.key, EstimatePrepared.key, EstimateApproved.key, EstimateRejected.key, QuoteAccepted.key,
            QuoteRefused.key,
            ChargeFinal.key, SettlementChanged.key, ContractChanged.key, SurveyAnswered.key, FollowUpCompleted.key,
        ],
        "dispatch": [
            WorkOrderOpened.key, WorkOrderClosed.key, VisitDeparted.key, VisitCheckedIn.key, VisitStarted.key,
            VisitMissed.key, VisitEnded.key, StockMoved.key, SLAClocksChanged.key, BusinessCalendarChanged.key,
            CustomerErased.key,
            // Somebody is needed, or nobody any more: on hold, or settled from afar.
            changed(.pendingDispatch), changed(.onHold), changed(.awaitingFollowUp),
        ],
        "field-service": [
            WorkOrderOpened.key, WorkOrderClosed.key, AssignmentAccepted.key, AssignmentBooked.key,
            AssignmentWithdrawn.key, AssignmentPlanned.key, CrewChanged.key,
            EstimatePrepared.key, EstimateApproved.key,
            EstimateRejected.key, QuoteAccepted.key, QuoteRefused.key, CustomerErased.key,
            // Somebody is needed again: what came of the round before is not the end.
            changed(.pendingDispatch),
        ],
        "inventory": [
            WorkOrderClosed.key, EngineerRegistered.key, PartsNeeded.key, PartUsed.key, VisitEnded.key,
            CustomerErased.key,
        ],
        "billing": [
            WorkOrderOpened.key, WorkOrderClosed.key, EngineerRegistered.key, FindingRecorded.key, PartsNeeded.key,
            PartUsed.key, VisitEnded.key, CompletionConfirmed.key, StockMoved.key, PartsIssued.key, PartsReturned.key,
            PartsReleased.key, EntitlementDisputeChanged.key, CustomerErased.key,
        ],
        "feedback": [
            WorkOrderOpened.key, WorkOrderClosed.key, RequestIncomplete.key, RequestEscalated.key, RequestAnswered.key,
            ContactChanged.key, SLAClockWarned.key,
            SLAClockBreached.key, IntakeEscalationRaised.key, EngineerRegistered.key, AssignmentBooked.key,
            DispatchEscalationRaised.key, BillingEscalationRaised.key, VisitEnded.key, ReportPrepared.key,
            CompletionConfirmed.key, EstimatePrepared.key,
            EstimateApproved.key, EntitlementDisputeChanged.key, CustomerErased.key,
            // Reopened: nobody is asked about the work before. Settled from afar: he is asked about that.
            changed(.pendingDispatch), changed(.awaitingFollowUp),
        ],
        // Everything of which a customer's, a device's or an order's story is told.
        "console": [
            RequestIncomplete.key, RequestEscalated.key, MessageAppended.key, RequestAnswered.key, RequestMerged.key,
            WorkOrderOpened.key, WorkOrderChanged.routingKey(lastWord: "*"), WorkOrderClosed.key,
            SLAClocksChanged.key, SLAClockWarned.key, SLAClockBreached.key, IntakeEscalationRaised.key,
            EntitlementDisputeChanged.key, PastServiceRecorded.key,
            CustomerChanged.key, ContactChanged.key, SiteChanged.key, DeviceChanged.key, CustomerErased.key,
            AssignmentOffered.key, AssignmentAccepted.key, AssignmentDeclined.key, AssignmentExpired.key,
            AssignmentWithdrawn.key, AssignmentBooked.key, AssignmentPlanned.key, CrewChanged.key,
            DispatchImpossible.key, EngineerRegistered.key, DispatchEscalationRaised.key,
            VisitDeparted.key, VisitCheckedIn.key, VisitStarted.key, VisitPaused.key, VisitResumed.key,
            VisitMissed.key, VisitCalledOff.key, FindingRecorded.key, PartsNeeded.key, PartUsed.key, VisitEnded.key,
            ReportPrepared.key, CompletionConfirmed.key, CompletionDisputed.key,
            PartsReserved.key, PartsBackordered.key, PartsIssued.key, PartsReturned.key,
            EstimatePrepared.key, EstimateApproved.key, EstimateRejected.key, QuoteAccepted.key, QuoteRefused.key,
            BillingEscalationRaised.key, ChargeFinal.key, CreditNoteIssued.key, SettlementChanged.key,
            ContractChanged.key,
            NotificationChanged.key, FollowUpDue.key, SurveyAnswered.key, FollowUpCompleted.key,
        ],
    ]

    /// Routing keys that a service heard in an earlier version and hears no more: unbound by `migrate`.
    static let retired: [String: [String]] = [
        // Every change of every order, before its key named the status.
        "dispatch": [WorkOrderChanged.key]
    ]

    /// Routing keys that at least one of the six hears. Console need not be there.
    static let heard: Set<String> = Set(ServiceName.allCases.compactMap { live[$0.rawValue] }.joined())

    /// Types of the events that a service hears.
    package static func types(heardBy service: ServiceName) -> [String] {
        live[service.rawValue, default: []].map(type(ofKey:))
    }

    /// The type of the events that are routed by a key: the key may have a word behind the version.
    package static func type(ofKey key: String) -> String {
        "mendloop." + key.split(separator: ".").prefix(3).joined(separator: ".")
    }

    private static func changed(_ status: WorkOrderStatus) -> String {
        WorkOrderChanged.routingKey(lastWord: status.rawValue)
    }
}

extension Event {
    fileprivate static var key: String { routingKey() }
}
