import ServiceKit

/// Intake's table of contents: every message it takes, every timer and query.
enum IntakeApp {
    /// - Throws: when a migration's name is wrong.
    static func definition(_ settings: ServiceSettings) throws -> ServiceDefinition {
        try definition(
            links: CustomerLinks(signer: LinkSigner(secret: settings.linkSecret)), clock: settings.clock,
            disputes: DisputePolicy(settings: Settings()))
    }

    /// - Parameter clock: domain time for the queries; messages and timers bring their own.
    static func definition(
        links: CustomerLinks, clock: DomainClock = .real, disputes: DisputePolicy = DisputePolicy()
    ) throws -> ServiceDefinition {
        var service = ServiceDefinition(
            .intake,
            migrations: [
                try Migration(file: "V0001_intake.sql", sql: PackageResources.V0001_intake_sql),
                try Migration(file: "V0002_service_levels.sql", sql: PackageResources.V0002_service_levels_sql),
                try Migration(file: "V0003_registry.sql", sql: PackageResources.V0003_registry_sql),
                try Migration(file: "V0004_triage.sql", sql: PackageResources.V0004_triage_sql),
                try Migration(file: "V0005_questionnaires.sql", sql: PackageResources.V0005_questionnaires_sql),
                try Migration(file: "V0006_maintenance.sql", sql: PackageResources.V0006_maintenance_sql),
                try Migration(file: "V0007_disputes.sql", sql: PackageResources.V0007_disputes_sql),
                try Migration(file: "V0008_past_services.sql", sql: PackageResources.V0008_past_services_sql),
                try Migration(file: "V0009_erasure.sql", sql: PackageResources.V0009_erasure_sql),
                try Migration(file: "V0010_named_files.sql", sql: PackageResources.V0010_named_files_sql),
                try Migration(file: "V0011_merged_customers.sql", sql: PackageResources.V0011_merged_customers_sql),
                try Migration(file: "V0012_request_list.sql", sql: PackageResources.V0012_request_list_sql),
                try Migration(file: "V0013_told_calendars.sql", sql: PackageResources.V0013_told_calendars_sql),
                try Migration(file: "V0014_request_duplicates.sql", sql: PackageResources.V0014_request_duplicates_sql),
            ])
        service.commands(
            TakeReport(links: links), CompleteIncompleteRequest(links: links), MergeOrder(), ResolveOrderRemotely(),
            HoldOrder(), ResumeOrder(), CancelOrder(links: links), ReopenOrder(links: links),
            SetCalendar(), PublishLevels())
        // triage
        service.commands(
            TakeMessage(links: links), AnswerRequestWithKnowledge(), PutSpamAside(), UnmergeOrder(links: links),
            DismissProbableDuplicate(), PublishAQuestionnaire(), MergeRequest(), UnmergeRequest(links: links),
            DismissDuplicateOfRequest())
        service.timers(RemindOfIncomplete())
        // what an order is entitled to
        service.commands(
            OpenDispute(links: links, policy: disputes), DecideDispute(), WithdrawDispute(links: links))
        service.timers(RemindOfDispute())
        service.queries(AnswerDisputes())
        // the registry
        service.commands(
            RegisterACustomer(), RegisterASite(), RegisterAContact(), RegisterAProductModel(), RegisterADevice(),
            ImportRows(), MergeTwoCustomers(), UnmergeTwoCustomers(), MergeTwoDevices(), UnmergeTwoDevices(),
            ImportPastServiceRows())
        service.searchingCommands(EraseACustomer())
        service.workers(EraseCustomers())
        // maintenance plans
        service.commands(SetAPlan(), EndAPlan())
        service.timers(FindMaintenanceDue(), OpenMaintenance())
        service.queries(ListPlans(), ShowPlan(clock: clock))
        // dispatch
        service.events(
            NoteOffer(), NoteAcceptance(), NoteBooking(), NoteDecline(), NoteExpiry(), NoteWithdrawal(), NoteImpasse())
        // field service
        service.events(
            NoteDeparture(), NoteCheckIn(), NoteStart(), NotePause(), NoteResumption(), NoteMissedVisit(),
            NoteCalledOffVisit(),
            NoteVisitEnd(), NoteConfirmation(), NoteDispute(), NotePartsNeed())
        // inventory
        service.events(NoteReservation(), NoteBackorder(), NoteRelease())
        // billing
        service.events(
            NoteEstimate(), NoteApproval(), NoteRejection(), NoteQuoteAccepted(), NoteQuoteRefused(),
            NoteFinalCharge(), NoteSettlement(), ProjectContract())
        // feedback
        service.events(TakeSurvey(), TakeFollowUp())
        service.timers(WatchClocks(), EndWait())
        service.workers(ClockReckoner(), CalendarTeller())
        service.queries(
            AnswerWorkOrder(clock: clock), AnswerRequest(), ListRequests(), AnswerTotals(),
            AnswerTimeline(clock: clock),
            ShowCalendar(), ShowServiceLevels())
        service.queries(AnswerSearch(), AnswerDevice(), AnswerExport(), AnswerPastServicesExport())
        service.queries(ShowCustomer(), ShowSite(), ShowContact(), ShowProductModel())
        service.queries(
            AnswerProbableDuplicates(), ShowRequestDuplicates(), AnswerRequestMessages(), ShowQuestionnaire(),
            AnswerNamedFiles())
        service.figures(IntakeFigures.all)
        return service
    }
}

extension DisputePolicy {
    /// `MENDLOOP_DISPUTE_WORKING_DAYS`, 1 to 60 (3): how long a dispute may wait before the supervisor hears of it.
    init(settings: Settings) throws(SettingsError) {
        self.init()
        workingDays = try settings.integer("MENDLOOP_DISPUTE_WORKING_DAYS", in: 1...60, default: workingDays)
    }
}
