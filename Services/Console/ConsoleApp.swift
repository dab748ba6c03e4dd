import DomainContracts
import ServiceKit

/// The table of contents of console: every route, and whose it is.
enum ConsoleApp {
    static func routes(
        _ desk: ServiceDesk, links: LinkSigner, attachments: AttachmentDesk, labels: LabelDesk, signIn: SignInDesk
    ) -> [Route] {
        let staff = office.union([.engineer, .finance])
        return everybodys(desk, links) + Route.attachments(attachments, for: staff)
            + Route.labels(labels, desk, for: staff) + intake(desk) + dispatch(desk) + fieldService(desk)
            + inventory(desk) + billing(desk) + feedback(desk) + readModels(desk)
            + Route.signIn(signIn, desk) + users(desk, signIn)
    }

    /// Commands that are not said at this door as they are: adapters say them, in their own names, and wait for more than one answer;
    /// or they hold the hash of a password, which the door makes.
    static let notByHTTP: Set<String> = [
        ConfirmDelivery.wireType, ReplayLedger.wireType, AddUser.wireType, SetPassword.wireType,
    ]

    private static let office: Set<Role> = [.agent, .dispatcher, .manager]

    /// What a customer may do without an account, and for his own orders with one.
    private static func everybodys(_ desk: ServiceDesk, _ links: LinkSigner) -> [Route] {
        [
            .report(desk),
            .follow(desk, links),
            .serviceReport(desk, links),
            .customerCommand(
                RebookSlot.self, desk, account: CustomerAccount(links, { $0.workOrderId }) { $0.token = $1 }),
            .customerCommand(
                ConfirmCompletion.self, desk, account: CustomerAccount(links, { $0.workOrderId }) { $0.token = $1 }),
            .customerCommand(
                DisputeCompletion.self, desk, account: CustomerAccount(links, { $0.workOrderId }) { $0.token = $1 }),
            .customerCommand(AcceptQuote.self, desk),
            .customerCommand(RefuseQuote.self, desk),
            .customerCommand(
                CancelWorkOrder.self, desk,
                account: CustomerAccount(links, { $0.workOrderId }, subject: "work-order/") { $0.token = $1 }),
            .customerCommand(AnswerSurvey.self, desk),
        ]
    }

    private static func intake(_ desk: ServiceDesk) -> [Route] {
        [
            .query(RequestQuery.self, for: office, .aRequest, desk) { $0.found },
            .query(RequestsQuery.self, for: office, .requests, desk),
            .query(
                WorkOrderQuery.self, for: office.union([.engineer, .finance, .customer]), .anOrder, desk
            ) { $0.found },
            .query(IntakeTotalsQuery.self, for: [.manager], .company, desk),
            .command(CompleteRequest.self, for: [.agent], .company, desk),
            .command(MergeWorkOrder.self, for: [.agent], .company, desk),
            .command(ResolveRemotely.self, for: [.agent], .company, desk),
            .command(HoldWorkOrder.self, for: office, .about, desk),
            .command(ResumeWorkOrder.self, for: office, .about, desk),
            .command(CancelWorkOrder.self, for: office, .about, desk),
            .command(ReopenWorkOrder.self, for: office, .about, desk),
        ] + triage(desk) + promises(desk) + registry(desk) + maintenance(desk)
    }

    /// What is said about requests, and what is one fault.
    private static func triage(_ desk: ServiceDesk) -> [Route] {
        [
            .openQuery(QuestionnaireQuery.self, desk),
            .command(PublishQuestionnaire.self, for: [.manager], .company, desk),
            .query(RequestMessagesQuery.self, for: office.union([.engineer]), .about, desk),
            .query(ProbableDuplicatesQuery.self, for: office, .duplicates, desk),
            .query(ProbableRequestDuplicatesQuery.self, for: office, .duplicates, desk),
            .command(AppendMessage.self, for: office.union([.engineer]), .about, desk),
            .customerCommand(AppendMessage.self, desk),
            .command(AnswerServiceRequest.self, for: [.agent], .company, desk),
            .command(MarkAsSpam.self, for: [.agent], .company, desk),
            .command(DismissDuplicate.self, for: [.agent], .company, desk),
            .command(MergeServiceRequest.self, for: [.agent], .company, desk),
            .command(UnmergeServiceRequest.self, for: [.agent], .company, desk),
            .command(DismissRequestDuplicate.self, for: [.agent], .company, desk),
            .command(UnmergeWorkOrder.self, for: [.agent], .company, desk),
        ] + disputes(desk)
    }

    /// What an order is charged for, and what the customer says of it.
    private static func disputes(_ desk: ServiceDesk) -> [Route] {
        [
            .query(EntitlementDisputesQuery.self, for: office.union([.engineer, .finance]), .disputes, desk),
            .command(DisputeEntitlement.self, for: office.union([.engineer]), .about, desk),
            .customerCommand(DisputeEntitlement.self, desk),
            .command(DecideEntitlementDispute.self, for: [.agent, .manager], .company, desk),
            .command(WithdrawEntitlementDispute.self, for: [.agent, .manager], .company, desk),
            .customerCommand(WithdrawEntitlementDispute.self, desk),
        ]
    }

    /// Service levels, calendars, and why a clock stands where it stands.
    private static func promises(_ desk: ServiceDesk) -> [Route] {
        [
            .query(SLATimelineQuery.self, for: office, .about, desk) {
                $0.found
            },
            .query(ServiceLevelsQuery.self, for: office, .company, desk),
            .query(BusinessCalendarQuery.self, for: office, .company, desk),
            .command(PublishServiceLevels.self, for: [.manager], .company, desk),
            .command(SetBusinessCalendar.self, for: [.manager], .company, desk),
        ]
    }

    /// Customers, sites, devices and models.
    private static func registry(_ desk: ServiceDesk) -> [Route] {
        [
            .query(SearchRegistry.self, for: office.union([.engineer, .finance]), .hits, desk),
            .query(DeviceQuery.self, for: office.union([.engineer]), .aDevice, desk) { $0.found },
            .query(CustomerQuery.self, for: [.agent, .manager], .company, desk) { $0.found },
            .query(SiteQuery.self, for: [.agent, .manager], .company, desk) { $0.found },
            .query(ContactQuery.self, for: [.agent, .manager], .company, desk) { $0.found },
            .query(ProductModelQuery.self, for: [.agent, .manager], .company, desk) { $0.found },
            .query(ExportRegistry.self, for: [.manager], .company, desk),
            .command(RegisterCustomer.self, for: [.agent, .manager], .company, desk),
            .command(RegisterSite.self, for: [.agent, .manager], .company, desk),
            .command(RegisterContact.self, for: [.agent, .manager], .company, desk),
            .command(RegisterProductModel.self, for: [.agent, .manager], .company, desk),
            .command(RegisterDevice.self, for: [.agent, .manager], .company, desk),
            .command(ImportRegistryRows.self, for: [.manager], .company, desk),
            .command(ImportPastServices.self, for: [.manager], .company, desk),
            .query(ExportPastServices.self, for: [.manager], .company, desk),
            .command(MergeCustomers.self, for: [.agent, .manager], .company, desk),
            .command(UnmergeCustomers.self, for: [.agent, .manager], .company, desk),
            .command(EraseCustomer.self, for: [.manager], .company, desk),
            .query(NamedFilesQuery.self, for: [], .company, desk),
            .command(MergeDevices.self, for: [.agent, .manager], .company, desk),
            .command(UnmergeDevices.self, for: [.agent, .manager], .company, desk),
        ]
    }

    /// What is done before anything breaks.
    private static func maintenance(_ desk: ServiceDesk) -> [Route] {
        [
            .query(MaintenancePlansQuery.self, for: office, .plans, desk),
            .query(MaintenancePlanQuery.self, for: office, .aPlan, desk) { $0.found },
            .command(SetMaintenancePlan.self, for: [.agent, .manager], .company, desk),
            .command(EndMaintenancePlan.self, for: [.agent, .manager], .company, desk),
        ]
    }

    private static func dispatch(_ desk: ServiceDesk) -> [Route] {
        [
            .query(AssignmentsQuery.self, for: office.union([.engineer]), .assignments, desk),
            .query(DecisionsQuery.self, for: [.dispatcher, .manager], .about, desk),
            .query(CandidatesQuery.self, for: office, .about, desk),
            .query(WorkBoardQuery.self, for: [.dispatcher, .manager, .engineer], .board, desk),
            .query(RulesQuery.self, for: [.dispatcher, .manager], .company, desk),
            .longQuery(SimulateRules.self, for: [.dispatcher, .manager], .simulation, desk),
            .query(DispatchTotalsQuery.self, for: [.manager], .company, desk),
            .query(EngineerQuery.self, for: [.dispatcher, .manager], .about, desk) { $0.found },
            .command(RegisterEngineer.self, for: [.manager], .company, desk),
            .command(SetShift.self, for: [.dispatcher, .manager], .about, desk),
            .command(SetLeave.self, for: [.dispatcher, .manager], .about, desk),
            .query(CustomerEngineersQuery.self, for: [.dispatcher, .manager], .about, desk),
            .command(SetCustomerEngineers.self, for: [.dispatcher, .manager], .about, desk),
            .command(OfferSlots.self, for: office, .about, desk),
            .command(BookSlot.self, for: office.union([.engineer]), .about, desk),
            .command(RebookSlot.self, for: office, .about, desk),
            .command(AssignEngineer.self, for: [.dispatcher, .manager], .about, desk),
            .command(PinVisit.self, for: [.dispatcher, .manager], .about, desk),
            .command(SetHelpers.self, for: [.dispatcher, .manager], .about, desk),
            .command(AcceptAssignment.self, for: [.engineer, .dispatcher], .himself, desk),
            .command(DeclineAssignment.self, for: [.engineer, .dispatcher], .himself, desk),
            .command(SetRules.self, for: [.manager], .company, desk),
        ]
    }

    private static func fieldService(_ desk: ServiceDesk) -> [Route] {
        [
            .query(VisitQuery.self, for: office.union([.engineer]), .about, desk) { $0.found },
            .query(ServiceReportsQuery.self, for: office.union([.engineer, .finance, .customer]), .about, desk),
            .query(FieldServiceTotalsQuery.self, for: [.manager], .company, desk),
            .query(SignedFilesQuery.self, for: [], .company, desk),
            .command(DepartForVisit.self, for: [.engineer], .himself, desk),
            .command(CheckIn.self, for: [.engineer], .himself, desk),
            .command(StartWork.self, for: [.engineer], .himself, desk),
            .command(PauseVisit.self, for: [.engineer], .himself, desk),
            .command(ResumeVisit.self, for: [.engineer], .himself, desk),
            .command(RecordFinding.self, for: [.engineer], .himself, desk),
            .command(RequestParts.self, for: [.engineer], .himself, desk),
            .command(UsePart.self, for: [.engineer], .himself, desk),
            // Who forgot to end his visit, or cannot, has it ended for him.
            .command(EndVisit.self, for: [.engineer, .dispatcher, .manager], .himself, desk),
            .command(ConfirmCompletion.self, for: [.engineer, .agent], .about, desk),
            .command(DisputeCompletion.self, for: [.agent], .about, desk),
        ]
    }

    private static func inventory(_ desk: ServiceDesk) -> [Route] {
        [
            .query(StockQuery.self, for: [.storekeeper, .engineer, .dispatcher, .manager], .company, desk),
            .query(PartRequestQuery.self, for: [.storekeeper, .engineer, .dispatcher, .manager], .about, desk),
            .query(InventoryTotalsQuery.self, for: [.manager], .company, desk),
            .command(ReceiveStock.self, for: [.storekeeper], .company, desk),
            .command(ApprovePartRequest.self, for: [.storekeeper, .manager], .company, desk),
            .command(IssueParts.self, for: [.storekeeper], .company, desk),
            .command(ReturnParts.self, for: [.storekeeper, .engineer], .about, desk),
        ]
    }

    private static func billing(_ desk: ServiceDesk) -> [Route] {
        [
            .query(SettlementQuery.self, for: office.union([.finance]), .about, desk),
            .query(LedgerTotalsQuery.self, for: [.finance, .manager], .company, desk),
            .query(DailyTotalsQuery.self, for: [.finance, .manager], .company, desk),
            .query(BillingTotalsQuery.self, for: [.finance, .manager], .company, desk),
            .command(ApproveEstimate.self, for: [.manager, .finance], .company, desk),
            .command(RejectEstimate.self, for: [.manager, .finance], .company, desk),
            .command(AcceptQuote.self, for: [.agent], .company, desk),
            .command(RefuseQuote.self, for: [.agent], .company, desk),
            .command(RecordPayment.self, for: [.finance], .company, desk),
            .command(CollectPayment.self, for: [.engineer], .about, desk),
            .command(RemitCash.self, for: [.finance], .company, desk),
            .command(RecordTaxInvoice.self, for: [.finance], .company, desk),
            .command(ClosePeriod.self, for: [.finance], .company, desk),
            .query(ContractQuery.self, for: [.finance, .manager], .company, desk) { $0.found },
            .command(RegisterContract.self, for: [.finance, .manager], .company, desk),
            .command(ImportContracts.self, for: [.finance, .manager], .company, desk),
            .query(ExportContracts.self, for: [.finance, .manager], .company, desk),
        ]
    }

    private static func feedback(_ desk: ServiceDesk) -> [Route] {
        [
            .query(KPIQuery.self, for: [.manager], .company, desk),
            .query(FeedbackTotalsQuery.self, for: [.manager], .company, desk),
            .command(AnswerSurvey.self, for: [.agent], .company, desk),
            .command(CompleteFollowUp.self, for: [.agent], .company, desk),
        ]
    }

    /// What is gathered from all services: everything about one customer, one device, one order.
    private static func readModels(_ desk: ServiceDesk) -> [Route] {
        [
            .lookUp(
                ShowCustomer(), for: office.union([.finance, .customer]), .aCustomer, desk,
                isFound: { $0.found },
                as: { $0.climbs = !$1.isACustomers }),
            .lookUp(ShowDevice(), for: office.union([.engineer, .finance]), .aDevice, desk) { $0.found },
            .lookUp(
                ShowInteractions(), for: office.union([.finance, .customer]), .about, desk,
                isFound: { $0.found },
                as: { $0.climbs = !$1.isACustomers }),
            .lookUp(ShowReadModels(), for: [.manager], .company, desk),
            .command(RebuildReadModels.self, for: [], .company, desk),
        ]
    }

    /// Who may sign in, and who did what.
    private static func users(_ desk: ServiceDesk, _ signIn: SignInDesk) -> [Route] {
        [
            .addUser(signIn, desk).forPresentAdmins(desk),
            .givePassword(signIn, desk).forPresentAdmins(desk),
            .command(ChangeUser.self, for: [], .company, desk).forPresentAdmins(desk),
            .command(BlockUser.self, for: [], .company, desk).forPresentAdmins(desk),
            .command(UnblockUser.self, for: [], .company, desk).forPresentAdmins(desk),
            .lookUp(ShowUsers(), for: [], .company, desk),
            .lookUp(ShowAudit(), for: [.manager], .company, desk),
        ]
    }
}
