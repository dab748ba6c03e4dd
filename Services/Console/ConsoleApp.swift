import DomainContracts
import ServiceKit

/// The table of contents of console: every route, and whose it is.
enum ConsoleApp {
    static func routes(_ desk: ServiceDesk, links: LinkSigner, attachments: AttachmentDesk, labels: LabelDesk)
        -> [Route]
    {
        let staff = office.union([.engineer, .finance])
        return everybodys(desk, links) + Route.attachments(attachments, for: staff)
            + Route.labels(labels, desk, for: staff) + intake(desk) + dispatch(desk) + fieldService(desk)
            + inventory(desk) + billing(desk) + feedback(desk) + readModels(desk)
    }

    /// Commands that are not said at this door: adapters say them, in their own names, and wait for more than one answer.
    static let notByHTTP: Set<String> = [ConfirmDelivery.wireType, ReplayLedger.wireType]

    private static let office: Set<Role> = [.agent, .dispatcher, .manager]

    /// What a customer may do without an account.
    private static func everybodys(_ desk: ServiceDesk, _ links: LinkSigner) -> [Route] {
        [
            .report(desk),
            .follow(desk, links),
            .customerCommand(RebookSlot.self, desk),
            .customerCommand(ConfirmCompletion.self, desk),
            .customerCommand(DisputeCompletion.self, desk),
            .customerCommand(AcceptQuote.self, desk),
            .customerCommand(RefuseQuote.self, desk),
            .customerCommand(CancelWorkOrder.self, desk),
            .customerCommand(AnswerSurvey.self, desk),
        ]
    }

    private static func intake(_ desk: ServiceDesk) -> [Route] {
        [
            .query(RequestQuery.self, for: office, desk) { $0.found },
            .query(WorkOrderQuery.self, for: office.union([.engineer, .finance]), desk) { $0.found },
            .query(IntakeTotalsQuery.self, for: [.manager], desk),
            .command(CompleteRequest.self, for: [.agent], desk),
            .command(MergeWorkOrder.self, for: [.agent], desk),
            .command(ResolveRemotely.self, for: [.agent], desk),
            .command(HoldWorkOrder.self, for: office, desk),
            .command(ResumeWorkOrder.self, for: office, desk),
            .command(CancelWorkOrder.self, for: office, desk),
            .command(ReopenWorkOrder.self, for: office, desk),
        ] + triage(desk) + promises(desk) + registry(desk) + maintenance(desk)
    }

    /// What is said about requests, and what is one fault.
    private static func triage(_ desk: ServiceDesk) -> [Route] {
        [
            .openQuery(QuestionnaireQuery.self, desk),
            .command(PublishQuestionnaire.self, for: [.manager], desk),
            .query(RequestMessagesQuery.self, for: office.union([.engineer]), desk),
            .query(ProbableDuplicatesQuery.self, for: office, desk),
            .command(AppendMessage.self, for: office.union([.engineer]), desk),
            .customerCommand(AppendMessage.self, desk),
            .command(AnswerServiceRequest.self, for: [.agent], desk),
            .command(MarkAsSpam.self, for: [.agent], desk),
            .command(DismissDuplicate.self, for: [.agent], desk),
            .command(UnmergeWorkOrder.self, for: [.agent], desk),
        ] + disputes(desk)
    }

    /// What an order is charged for, and what the customer says of it.
    private static func disputes(_ desk: ServiceDesk) -> [Route] {
        [
            .query(EntitlementDisputesQuery.self, for: office.union([.engineer, .finance]), desk),
            .command(DisputeEntitlement.self, for: office.union([.engineer]), desk),
            .customerCommand(DisputeEntitlement.self, desk),
            .command(DecideEntitlementDispute.self, for: [.agent, .manager], desk),
            .command(WithdrawEntitlementDispute.self, for: [.agent, .manager], desk),
            .customerCommand(WithdrawEntitlementDispute.self, desk),
        ]
    }

    /// Service levels, calendars, and why a clock stands where it stands.
    private static func promises(_ desk: ServiceDesk) -> [Route] {
        [
            .query(SLATimelineQuery.self, for: office, desk) { $0.found },
            .query(ServiceLevelsQuery.self, for: office, desk),
            .query(BusinessCalendarQuery.self, for: office, desk),
            .command(PublishServiceLevels.self, for: [.manager], desk),
            .command(SetBusinessCalendar.self, for: [.manager], desk),
        ]
    }

    /// Customers, sites, devices and models.
    private static func registry(_ desk: ServiceDesk) -> [Route] {
        [
            .query(SearchRegistry.self, for: office.union([.engineer, .finance]), desk),
            .query(DeviceQuery.self, for: office.union([.engineer]), desk) { $0.found },
            .query(ExportRegistry.self, for: [.manager], desk),
            .command(RegisterCustomer.self, for: [.agent, .manager], desk),
            .command(RegisterSite.self, for: [.agent, .manager], desk),
            .command(RegisterContact.self, for: [.agent, .manager], desk),
            .command(RegisterProductModel.self, for: [.agent, .manager], desk),
            .command(RegisterDevice.self, for: [.agent, .manager], desk),
            .command(ImportRegistryRows.self, for: [.manager], desk),
            .command(ImportPastServices.self, for: [.manager], desk),
            .query(ExportPastServices.self, for: [.manager], desk),
            .command(MergeCustomers.self, for: [.agent, .manager], desk),
            .command(UnmergeCustomers.self, for: [.agent, .manager], desk),
            .command(MergeDevices.self, for: [.agent, .manager], desk),
            .command(UnmergeDevices.self, for: [.agent, .manager], desk),
        ]
    }

    /// What is done before anything breaks.
    private static func maintenance(_ desk: ServiceDesk) -> [Route] {
        [
            .query(MaintenancePlansQuery.self, for: office, desk),
            .query(MaintenancePlanQuery.self, for: office, desk) { $0.found },
            .command(SetMaintenancePlan.self, for: [.agent, .manager], desk),
            .command(EndMaintenancePlan.self, for: [.agent, .manager], desk),
        ]
    }

    private static func dispatch(_ desk: ServiceDesk) -> [Route] {
        [
            .query(AssignmentsQuery.self, for: office.union([.engineer]), desk),
            .query(DecisionsQuery.self, for: [.dispatcher, .manager], desk),
            .query(WorkBoardQuery.self, for: [.dispatcher, .manager], desk),
            .query(RulesQuery.self, for: [.dispatcher, .manager], desk),
            .longQuery(SimulateRules.self, for: [.dispatcher, .manager], desk),
            .query(DispatchTotalsQuery.self, for: [.manager], desk),
            .command(RegisterEngineer.self, for: [.manager], desk),
            .command(SetShift.self, for: [.dispatcher, .manager], desk),
            .command(SetLeave.self, for: [.dispatcher, .manager], desk),
            .command(OfferSlots.self, for: office, desk),
            .command(BookSlot.self, for: office.union([.engineer]), desk),
            .command(RebookSlot.self, for: office, desk),
            .command(AssignEngineer.self, for: [.dispatcher, .manager], desk),
            .command(SetHelpers.self, for: [.dispatcher, .manager], desk),
            .command(AcceptAssignment.self, for: [.engineer, .dispatcher], desk),
            .command(DeclineAssignment.self, for: [.engineer, .dispatcher], desk),
            .command(SetRules.self, for: [.manager], desk),
        ]
    }

    private static func fieldService(_ desk: ServiceDesk) -> [Route] {
        [
            .query(VisitQuery.self, for: office.union([.engineer]), desk) { $0.found },
            .query(FieldServiceTotalsQuery.self, for: [.manager], desk),
            .command(DepartForVisit.self, for: [.engineer], desk),
            .command(CheckIn.self, for: [.engineer], desk),
            .command(StartWork.self, for: [.engineer], desk),
            .command(PauseVisit.self, for: [.engineer], desk),
            .command(ResumeVisit.self, for: [.engineer], desk),
            .command(RecordFinding.self, for: [.engineer], desk),
            .command(RequestParts.self, for: [.engineer], desk),
            .command(UsePart.self, for: [.engineer], desk),
            .command(EndVisit.self, for: [.engineer], desk),
            .command(ConfirmCompletion.self, for: [.engineer, .agent], desk),
            .command(DisputeCompletion.self, for: [.agent], desk),
        ]
    }

    private static func inventory(_ desk: ServiceDesk) -> [Route] {
        [
            .query(StockQuery.self, for: [.storekeeper, .engineer, .dispatcher, .manager], desk),
            .query(PartRequestQuery.self, for: [.storekeeper, .engineer, .dispatcher, .manager], desk),
            .query(InventoryTotalsQuery.self, for: [.manager], desk),
            .command(ReceiveStock.self, for: [.storekeeper], desk),
            .command(ApprovePartRequest.self, for: [.storekeeper, .manager], desk),
            .command(IssueParts.self, for: [.storekeeper], desk),
            .command(ReturnParts.self, for: [.storekeeper, .engineer], desk),
        ]
    }

    private static func billing(_ desk: ServiceDesk) -> [Route] {
        [
            .query(SettlementQuery.self, for: office.union([.finance]), desk),
            .query(LedgerTotalsQuery.self, for: [.finance, .manager], desk),
            .query(DailyTotalsQuery.self, for: [.finance, .manager], desk),
            .query(BillingTotalsQuery.self, for: [.finance, .manager], desk),
            .command(ApproveEstimate.self, for: [.manager, .finance], desk),
            .command(RejectEstimate.self, for: [.manager, .finance], desk),
            .command(AcceptQuote.self, for: [.agent], desk),
            .command(RefuseQuote.self, for: [.agent], desk),
            .command(RecordPayment.self, for: [.finance], desk),
            .command(CollectPayment.self, for: [.engineer], desk),
            .command(RemitCash.self, for: [.finance], desk),
            .command(RegisterContract.self, for: [.finance, .manager], desk),
            .command(ImportContracts.self, for: [.finance, .manager], desk),
        ]
    }

    private static func feedback(_ desk: ServiceDesk) -> [Route] {
        [
            .query(KPIQuery.self, for: [.manager], desk),
            .query(FeedbackTotalsQuery.self, for: [.manager], desk),
            .command(AnswerSurvey.self, for: [.agent], desk),
            .command(CompleteFollowUp.self, for: [.agent], desk),
        ]
    }

    /// What is gathered from all services: everything about one customer, one device, one order.
    private static func readModels(_ desk: ServiceDesk) -> [Route] {
        [
            .lookUp(ShowCustomer(), for: office.union([.finance]), desk) { $0.found },
            .lookUp(ShowDevice(), for: office.union([.engineer, .finance]), desk) { $0.found },
            .lookUp(ShowInteractions(), for: office.union([.finance]), desk) { $0.found },
            .lookUp(ShowReadModels(), for: [.manager], desk),
            .command(RebuildReadModels.self, for: [], desk),
        ]
    }
}
