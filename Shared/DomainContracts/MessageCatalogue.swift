/// Every message that crosses a boundary, by kind: what docs/asyncapi.yaml lists, what has a golden example that must
/// decode for ever, and what a consumer may rely on. A test holds it complete.
public enum MessageCatalogue {
    /// Messages that ask a service to change something; each is answered with `…-accepted` or `…-rejected`.
    public static let commands: [any Command.Type] = [
        CompleteRequest.self, MergeWorkOrder.self, ResolveRemotely.self, HoldWorkOrder.self, ResumeWorkOrder.self,
        CancelWorkOrder.self, ReopenWorkOrder.self, ReportRepair.self, SetBusinessCalendar.self,
        PublishServiceLevels.self, PublishQuestionnaire.self, AppendMessage.self, AnswerServiceRequest.self,
        MarkAsSpam.self,
        UnmergeWorkOrder.self,
        DismissDuplicate.self, MergeServiceRequest.self, UnmergeServiceRequest.self, DismissRequestDuplicate.self,
        DisputeEntitlement.self, DecideEntitlementDispute.self, WithdrawEntitlementDispute.self,
        SetMaintenancePlan.self, EndMaintenancePlan.self,
        RegisterCustomer.self, RegisterSite.self, RegisterContact.self, RegisterProductModel.self, RegisterDevice.self,
        ImportRegistryRows.self, MergeCustomers.self, UnmergeCustomers.self,
        EraseCustomer.self,
        MergeDevices.self, UnmergeDevices.self, ImportPastServices.self,
        RegisterEngineer.self, SetShift.self, OfferSlots.self, BookSlot.self, RebookSlot.self, AssignEngineer.self,
        PinVisit.self, SetHelpers.self,
        AcceptAssignment.self, DeclineAssignment.self, SetRules.self, SetLeave.self,
        DepartForVisit.self, CheckIn.self, StartWork.self, PauseVisit.self, ResumeVisit.self, RecordFinding.self,
        RequestParts.self, UsePart.self, EndVisit.self, ConfirmCompletion.self, DisputeCompletion.self,
        ReceiveStock.self, ApprovePartRequest.self, IssueParts.self, ReturnParts.self,
        ApproveEstimate.self, RejectEstimate.self, AcceptQuote.self, RefuseQuote.self, RecordPayment.self,
        CollectPayment.self, RemitCash.self, ReplayLedger.self, RegisterContract.self, ImportContracts.self,
        RecordTaxInvoice.self, ClosePeriod.self,
        AnswerSurvey.self, CompleteFollowUp.self, ConfirmDelivery.self,
        RebuildReadModels.self, AddUser.self, ChangeUser.self, BlockUser.self, UnblockUser.self, SetPassword.self,
    ]

    /// Messages that say what happened.
    public static let events: [any Event.Type] = [
        RequestIncomplete.self, RequestEscalated.self, ReportRepairRejected.self, ContactChanged.self,
        SLAClockWarned.self,
        SLAClockBreached.self, IntakeEscalationRaised.self, WorkOrderOpened.self, WorkOrderChanged.self,
        WorkOrderClosed.self, BusinessCalendarChanged.self, ServiceLevelsChanged.self, SLAClocksChanged.self,
        QuestionnaireChanged.self,
        EntitlementDisputeChanged.self, PastServiceRecorded.self,
        MessageAppended.self, RequestAnswered.self, RequestMerged.self, CustomerChanged.self, SiteChanged.self,
        ProductModelChanged.self,
        DeviceChanged.self, CustomerErased.self,
        MaintenancePlanChanged.self, MaintenanceDueOpened.self, MaintenanceDueSkipped.self,
        AssignmentOffered.self, AssignmentAccepted.self, AssignmentDeclined.self, AssignmentExpired.self,
        AssignmentWithdrawn.self, AssignmentBooked.self, AssignmentPlanned.self, CrewChanged.self,
        EngineerRegistered.self,
        DispatchImpossible.self, DispatchEscalationRaised.self, RulesChanged.self, EngineerAbsent.self,
        VisitDeparted.self, VisitCheckedIn.self, VisitStarted.self, VisitPaused.self, VisitResumed.self,
        VisitMissed.self, VisitCalledOff.self, FindingRecorded.self, PartsNeeded.self, PartUsed.self, VisitEnded.self,
        CompletionConfirmed.self, CompletionDisputed.self,
        StockMoved.self, PartsReserved.self, PartsBackordered.self, PartsIssued.self, PartsReturned.self,
        PartsReleased.self,
        ChargeFinal.self, CreditNoteIssued.self, SettlementChanged.self, LedgerEntryPosted.self, ContractChanged.self,
        PeriodClosed.self,
        EstimatePrepared.self,
        EstimateApproved.self, EstimateRejected.self, QuoteAccepted.self, QuoteRefused.self,
        NotificationRequested.self, NotificationChanged.self, FollowUpDue.self, SurveyAnswered.self,
        FollowUpCompleted.self,
    ]

    /// Messages that ask what is; each is answered with `…-answer`.
    public static let queries: [any Query.Type] = [
        WorkOrderQuery.self, RequestQuery.self, RequestsQuery.self, IntakeTotalsQuery.self, BusinessCalendarQuery.self,
        ServiceLevelsQuery.self, SLATimelineQuery.self, SearchRegistry.self, ExportRegistry.self, DeviceQuery.self,
        CustomerQuery.self, SiteQuery.self, ContactQuery.self, ProductModelQuery.self,
        ProbableDuplicatesQuery.self, ProbableRequestDuplicatesQuery.self, RequestMessagesQuery.self,
        QuestionnaireQuery.self,
        EntitlementDisputesQuery.self, ExportPastServices.self, NamedFilesQuery.self,
        MaintenancePlansQuery.self, MaintenancePlanQuery.self,
        AssignmentsQuery.self, DispatchTotalsQuery.self, RulesQuery.self, SimulateRules.self, DecisionsQuery.self,
        WorkBoardQuery.self, EngineerQuery.self,
        VisitQuery.self, ServiceReportsQuery.self, FieldServiceTotalsQuery.self, SignedFilesQuery.self,
        StockQuery.self, PartRequestQuery.self, InventoryTotalsQuery.self,
        LedgerTotalsQuery.self, DailyTotalsQuery.self, SettlementQuery.self, BillingTotalsQuery.self,
        ContractQuery.self, ExportContracts.self,
        KPIQuery.self, FeedbackTotalsQuery.self,
        CustomerOverviewQuery.self, DeviceHistoryQuery.self, InteractionsQuery.self, ReadModelsQuery.self,
        UsersQuery.self, AuditQuery.self,
    ]
}
