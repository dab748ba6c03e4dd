import DomainContracts
import Foundation

@testable import Billing
@testable import DispatchService
@testable import Feedback
@testable import FieldService
@testable import Intake
@testable import Inventory
@testable import ServiceKit

/// What must hold when nothing is left to happen: nothing waits for ever, and the services agree.
struct AtRest {
    private let history: History
    private var watch: InvariantWatch { history.watch }

    init(_ history: History) { self.history = history }

    func check() {
        for line in unfinished.prefix(1) { watch.violate("at rest: \(line)") }
        checkReports()
        checkAgreement()
        checkLedger()
    }

    /// For a house that does not come to rest: what still moves, and what still stands.
    var unrest: String {
        let moving = history.order.map { service in
            "\(service.name): \(service.queue.count) queued, \(service.outbox.count) to publish, "
                + "\(service.parked.count) parked, \(service.timers.count) timers"
        }
        return (unfinished.prefix(6) + moving).joined(separator: "; ")
    }

    /// Everything that waits for something.
    private var unfinished: [String] { messages + disputes + orders + work + parts + money }

    private var messages: [String] {
        history.order.flatMap { service in
            service.parked.map { "\(service.name): \($0.message.name) waits for \($0.waitingFor ?? "nothing")" }
                + service.queue.map { "\(service.name): \($0.name) was not taken" }
                + service.outbox.map { "\(service.name): \($0.message.name) was not published" }
        }
    }

    private var disputes: [String] {
        history[.intake].all(EntitlementDispute.self).filter(\.value.isOpen).map { "dispute \($0.id) is open" }
            + history[.billing].all(OrderAccount.self).map(\.value).filter { $0.hold != nil }
            .map { "the charge of \($0.workOrderNumber) is held" }
    }

    private var orders: [String] {
        history[.intake].all(WorkOrder.self).map(\.value).filter { !$0.status.isFinal }
            .map { "\($0.number) \($0.id) is \($0.status)" }
            + history[.intake].all(ServiceRequest.self).map(\.value)
            .filter { $0.status == .received || $0.status == .incomplete }.map { "\($0.number) is \($0.status)" }
    }

    private var work: [String] {
        let now = history.now.epoch
        return history[.dispatch].all(Job.self).filter { $0.value.status != .done }
            .map { "job \($0.id) is \($0.value.status)" }
            + history[.dispatch].all(Assignment.self).filter { $0.value.status.isLive }
            .map { "assignment \($0.id) is \($0.value.status)" }
            + history[.dispatch].all(Booking.self).filter { $0.value.live && $0.value.startsAtEpoch > now }
            .map { "booking \($0.id) holds time for nothing" }
            + history[.fieldService].all(Visit.self).filter { !$0.value.status.isFinal }
            .map { "visit \($0.id) is \($0.value.status)" }
            + history[.fieldService].all(OrderBrief.self).filter { $0.value.awaiting != nil }
            .map { "a report of \($0.value.workOrderNumber) waits" }
            + history[.fieldService].all(OrderBrief.self).filter { !$0.value.openVisits.isEmpty }
            .map { "\($0.value.workOrderNumber) lists open visits" }
            + history[.feedback].all(FollowUp.self).filter { $0.value.status == .scheduled || $0.value.status == .due }
            .map { "the follow-up of \($0.value.workOrderNumber) is \($0.value.status)" }
    }

    private var parts: [String] {
        history[.inventory].all(Inventory.PartRequest.self)
            .filter { $0.value.status != .settled && $0.value.status != .released }
            .map { "part request \($0.id) is \($0.value.status)" }
            + history[.inventory].all(StockItem.self).filter { $0.value.reserved != 0 }
            .map { "\($0.value.reserved) \($0.value.partCode) are reserved" }
            + history[.inventory].all(Backorders.self).filter { !$0.value.queue.isEmpty }
            .map { "\($0.value.partCode) is waited for" }
    }

    private var money: [String] {
        history[.billing].all(Estimate.self).filter { $0.value.status == .approval || $0.value.status == .quote }
            .map { "estimate \($0.id) is \($0.value.status)" }
            + history[.billing].all(OrderAccount.self).map(\.value).filter { $0.openEstimateId != nil }
            .map { "the account of \($0.workOrderNumber) has an open estimate" }
    }

    /// Every report the broker took is one request or one rejection that its sender can see.
    private func checkReports() {
        let requests = Set(history[.intake].all(ServiceRequest.self).map(\.id))
        for key in history.world.reports {
            let isRequest = requests.contains(IntakeID.request(source: key.source, id: key.id))
            let isRejected = watch.rejectedReports[key.id] != nil
            if isRequest == isRejected {
                watch.violate("report \(key.id) became \(isRequest ? "a request and a rejection" : "nothing")")
            }
        }
        if requests.count > history.world.reports.count { watch.violate("there are more requests than reports") }
    }

    /// How an order ended is the same everywhere.
    private func checkAgreement() {
        for (id, order) in history[.intake].all(WorkOrder.self) {
            let charge = history[.billing].value(OrderAccount.self, id)?.charge
            let said = charge.map { "\($0)" } ?? "not there"
            // A bill that went out stands, whatever becomes of an order that was reopened.
            let isBilled = charge == .final && order.facts.trips.contains { $0.confirmedAt != nil }
            let isWorked = order.facts.trips.contains { $0.end != nil }
            switch order.status {
            case .closed where isWorked && charge != .final:
                watch.violate("\(order.number) is closed, its charge is \(said)")
            case .cancelled where charge != .void && !isBilled, .merged where charge != .void && !isBilled:
                watch.violate("\(order.number) is \(order.status), its charge is \(said)")
            default: break
            }
            if history[.feedback].value(OrderNotice.self, id) == nil {
                watch.violate("feedback never heard of \(order.number)")
            }
        }
    }

    /// The ledger says what the services that own the things say.
    private func checkLedger() {
        let balances = watch.ledger.balances
        func expect(_ account: String, _ amount: Int, _ what: String) {
            let balance = balances[account] ?? 0
            if balance != amount { watch.violate("\(account) is \(balance), \(what) \(amount)") }
        }
        let stock = history[.inventory].all(Part.self).reduce(0) { $0 + $1.value.value }
        expect(Account.inventory, stock, "the stock is worth")
        let accounts = history[.billing].all(OrderAccount.self).map(\.value)
        expect(
            Account.receivable,
            accounts.filter { $0.charge == .final }.reduce(0) { $0 + max(0, $1.total - $1.paid) }, "customers owe")
        expect(
            Account.customerDeposits,
            -accounts.reduce(0) { $0 + max(0, $1.paid - ($1.charge == .final ? $1.total : 0)) }, "customers hold")
        for (engineer, cash) in history[.billing].all(CashInHand.self) {
            expect(Account.engineerCash(engineer), cash.inHand, "the engineer has")
        }
    }
}
