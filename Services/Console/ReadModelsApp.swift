import DomainContracts
import ServiceKit

/// The table of contents of console behind its door: what it hears, what it can be asked, and who may sign in.
enum ReadModelsApp {
    /// - Parameters:
    ///   - files: where attachments are kept; nil: nowhere.
    ///   - unnamed: removes those that nobody names; nil: they stay.
    ///   - ask: asks a service for its past; nil while it does not answer.
    static func definition(
        files: (any AttachmentStore)? = nil, unnamed: RemoveUnnamedFiles? = nil,
        ask: @escaping @Sendable (ServiceName, RepublishQuery) async -> Republished?
    ) throws -> ServiceDefinition {
        var service = ServiceDefinition(
            .console,
            migrations: [
                try Migration(file: "V0001_console.sql", sql: PackageResources.V0001_console_sql),
                try Migration(file: "V0002_users.sql", sql: PackageResources.V0002_users_sql),
                try Migration(file: "V0003_erasure.sql", sql: PackageResources.V0003_erasure_sql),
                try Migration(file: "V0004_heard_erasure.sql", sql: PackageResources.V0004_heard_erasure_sql),
            ])
        service.events(
            KeepNewest<CustomerChanged>(), KeepNewest<ContactChanged>(), KeepNewest<SiteChanged>(),
            KeepNewest<DeviceChanged>(), KeepNewest<ContractChanged>(), KeepNewest<EngineerRegistered>(),
            KeepPastService())
        service.events(
            NoteOfRequest<RequestIncomplete>(), NoteOfRequest<RequestEscalated>(), NoteOfRequest<MessageAppended>(),
            NoteOfRequest<RequestAnswered>(), NoteOfRequest<RequestMerged>())
        service.events(
            FoldIntoOrder<WorkOrderOpened>(), FoldIntoOrder<WorkOrderChanged>(),
            FoldIntoOrder<WorkOrderClosed>(), FoldIntoOrder<SLAClocksChanged>(), FoldIntoOrder<SLAClockWarned>(),
            FoldIntoOrder<SLAClockBreached>(), FoldIntoOrder<IntakeEscalationRaised>(),
            FoldIntoOrder<EntitlementDisputeChanged>())
        service.events(
            FoldIntoOrder<AssignmentOffered>(), FoldIntoOrder<AssignmentAccepted>(),
            FoldIntoOrder<AssignmentDeclined>(), FoldIntoOrder<AssignmentExpired>(),
            FoldIntoOrder<AssignmentWithdrawn>(), FoldIntoOrder<AssignmentBooked>(),
            FoldIntoOrder<AssignmentPlanned>(), FoldIntoOrder<CrewChanged>(), FoldIntoOrder<DispatchImpossible>(),
            FoldIntoOrder<DispatchEscalationRaised>())
        service.events(
            FoldIntoOrder<VisitDeparted>(), FoldIntoOrder<VisitCheckedIn>(), FoldIntoOrder<VisitStarted>(),
            FoldIntoOrder<VisitPaused>(), FoldIntoOrder<VisitResumed>(), FoldIntoOrder<VisitMissed>(),
            FoldIntoOrder<VisitCalledOff>(),
            FoldIntoOrder<FindingRecorded>(), FoldIntoOrder<PartsNeeded>(), FoldIntoOrder<PartUsed>(),
            FoldIntoOrder<VisitEnded>(), FoldIntoOrder<ReportPrepared>(), FoldIntoOrder<CompletionConfirmed>(),
            FoldIntoOrder<CompletionDisputed>())
        service.events(
            FoldIntoOrder<PartsReserved>(), FoldIntoOrder<PartsBackordered>(), FoldIntoOrder<PartsIssued>(),
            FoldIntoOrder<PartsReturned>())
        service.events(
            FoldIntoOrder<EstimatePrepared>(), FoldIntoOrder<EstimateApproved>(), FoldIntoOrder<EstimateRejected>(),
            FoldIntoOrder<QuoteAccepted>(), FoldIntoOrder<QuoteRefused>(), FoldIntoOrder<BillingEscalationRaised>(),
            FoldIntoOrder<ChargeFinal>(),
            FoldIntoOrder<CreditNoteIssued>(), FoldIntoOrder<SettlementChanged>())
        service.events(
            NoteNotification(), FoldIntoOrder<FollowUpDue>(), FoldIntoOrder<SurveyAnswered>(),
            FoldIntoOrder<FollowUpCompleted>())
        service.directCommands(BeginAgain())
        service.commands(AddAUser(), ChangeAUser(), BlockAUser(), UnblockAUser(), SetAPassword())
        service.queries(
            ShowCustomer(), ShowDevice(), ShowInteractions(), ShowReadModels(), ShowUsers(), ShowAudit())
        service.events(HearErasure())
        service.workers(ReadThePast(ask: ask), ForgetCustomers(ForgetCustomer.forget))
        if let files { service.workers(RemoveFiles(store: files)) }
        if let unnamed { service.workers(unnamed) }
        service.figures([
            StoreFigure(MetricCatalog.incompleteReadModels) { _ in
                "SELECT count(*) AS value FROM read_model_source WHERE NOT is_whole"
            }
        ])
        return service
    }
}
