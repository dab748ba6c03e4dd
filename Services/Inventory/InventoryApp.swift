import DomainContracts
import ServiceKit

/// The table of contents: every message, timer and query of inventory.
enum InventoryApp {
    static func definition() throws -> ServiceDefinition {
        try definition(policy: InventoryPolicy(settings: Settings()))
    }

    static func definition(policy: InventoryPolicy) throws -> ServiceDefinition {
        var service = ServiceDefinition(
            .inventory,
            migrations: [
                try Migration(file: "V0001_inventory.sql", sql: PackageResources.V0001_inventory_sql)
            ])
        service.commands(
            BookReceipt(policy: policy), AllowPartRequest(policy: policy), IssueReservedParts(policy: policy),
            TakeBackParts(policy: policy))
        service.events(
            OpenVan(), ReserveNeededParts(policy: policy), ConsumeUsedPart(policy: policy),
            ReleasePartsAtVisitEnd(policy: policy), ReleasePartsOfClosedOrder(policy: policy), HearErasure())
        // Of stock nothing is forgotten: of what it tells, and of messages that wait or are dead, words.
        service.workers(ForgetCustomers(keepsCommands: true))
        service.timers(ApproveOverdueRequest(policy: policy), WriteOffUnreturnedParts(policy: policy))
        service.queries(AnswerStock(policy: policy), AnswerPartRequest(), AnswerInventoryTotals(policy: policy))
        service.figures(InventoryFigures.all)
        return service
    }
}

extension InventoryPolicy {
    /// `MENDLOOP_CURRENCY` (ISO 4217, CNY by default) and `MENDLOOP_PARTS_APPROVAL_LIMIT` (minor units, 500,000).
    init(settings: Settings) throws(SettingsError) {
        self.init()
        currency =
            try settings.parsed("MENDLOOP_CURRENCY", expected: "three capital letters of ISO 4217") { text in
                text.utf8.count == 3 && text.utf8.allSatisfy { (65...90).contains($0) } ? text : nil
            } ?? currency
        approvalLimit = try settings.integer(
            "MENDLOOP_PARTS_APPROVAL_LIMIT", in: 0...InventoryPolicy.highestPartValue, default: approvalLimit)
    }
}
