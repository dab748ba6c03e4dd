import DomainContracts
import Foundation
import ServiceKit

/// The table of contents: every message, timer and query of billing.
enum BillingApp {
    /// With the deployment's settings.
    static func definition(_ settings: ServiceSettings) throws -> ServiceDefinition {
        try definition(
            policy: BillingPolicy(settings: Settings()),
            door: CustomerDoor(links: LinkSigner(secret: settings.linkSecret)), clock: settings.clock)
    }

    static func definition(policy: BillingPolicy, door: CustomerDoor, clock: DomainClock) throws -> ServiceDefinition {
        var service = ServiceDefinition(
            .billing,
            migrations: [
                try Migration(file: "V0001_billing.sql", sql: PackageResources.V0001_billing_sql),
                try Migration(
                    file: "V0002_contract_numbers.sql", sql: PackageResources.V0002_contract_numbers_sql),
                try Migration(file: "V0003_disputes.sql", sql: PackageResources.V0003_disputes_sql),
                try Migration(file: "V0004_ledger_by_day.sql", sql: PackageResources.V0004_ledger_by_day_sql),
                try Migration(file: "V0005_erasure.sql", sql: PackageResources.V0005_erasure_sql),
                try Migration(file: "V0006_heard_erasure.sql", sql: PackageResources.V0006_heard_erasure_sql),
                try Migration(file: "V0007_tax_invoices.sql", sql: PackageResources.V0007_tax_invoices_sql),
            ])
        service.commands(
            ApproveByApprover(policy: policy), RejectByApprover(policy: policy),
            TakeAcceptedQuote(policy: policy, door: door), TakeRefusedQuote(policy: policy, door: door),
            BookPayment(policy: policy), BookCollectedPayment(policy: policy), BookRemittance(policy: policy),
            RecordATaxInvoice(policy: policy), WriteContract(policy: policy), ImportContractRows(policy: policy))
        service.directCommands(SendLedgerAgain())
        service.searchingCommands(CloseAPeriod(policy: policy))
        service.events(
            OpenOrderAccount(policy: policy), LearnEngineerRate(), EstimateFinding(policy: policy),
            EstimatePartRequest(policy: policy), ChargeUsedPart(policy: policy), ChargeEndedVisit(policy: policy),
            HearDispute(policy: policy), ConfirmCharge(policy: policy), EndOrderAccount(policy: policy),
            PostStockMovement(policy: policy),
            NoteIssuedParts(policy: policy), NoteReturnedParts(policy: policy), NoteReleasedParts(policy: policy),
            HearErasure())
        // Of money nothing is forgotten: of what it tells, why somebody said no.
        service.workers(ForgetCustomers(keepsCommands: true))
        service.timers(EndEstimateByDeadline(policy: policy), EscalateWaitingApproval(), EndContract())
        service.queries(
            AnswerLedgerTotals(policy: policy), AnswerDailyTotals(policy: policy), AnswerSettlement(clock: clock),
            AnswerBillingTotals(policy: policy), ShowContract(), AnswerContractsExport())
        service.figures(BillingFigures.all)
        return service
    }
}

extension BillingPolicy {
    /// `MENDLOOP_CURRENCY` (ISO 4217, CNY by default), `MENDLOOP_ESTIMATE_APPROVAL_LIMIT` (minor units, 300,000) and
    /// `MENDLOOP_UTC_OFFSET_MINUTES` (480).
    init(settings: Settings) throws(SettingsError) {
        self.init()
        currency =
            try settings.parsed("MENDLOOP_CURRENCY", expected: "three capital letters of ISO 4217") { text in
                text.utf8.count == 3 && text.utf8.allSatisfy { (65...90).contains($0) } ? text : nil
            } ?? currency
        approvalLimit = try settings.integer(
            "MENDLOOP_ESTIMATE_APPROVAL_LIMIT", in: 0...BillingPolicy.highestAmount, default: approvalLimit)
        utcOffsetMinutes = try settings.integer(
            "MENDLOOP_UTC_OFFSET_MINUTES", in: -720...840, default: utcOffsetMinutes)
    }
}
