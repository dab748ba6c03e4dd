import DomainContracts
import Foundation

@testable import Intake
@testable import ServiceKit

/// Who reports, and the agents at the desk.
extension OutsideWorld {
    func report(in history: History) throws {
        let number = reports.count
        let kind = history.dice.number(0..<10)
        // One device in four is reported about again.
        let device = history.dice.chance(250) ? 0 : number
        var command = ReportRepair(
            channel: Self.channel, externalId: "R-\(number)",
            customer: ReportedCustomer(
                name: "Customer \(device)", phone: "1390000\(1000 + device)", kind: .person,
                customerNumber: device == 0 ? "K-0" : nil),
            device: ReportedDevice(
                serialNumber: "W-\(device)", model: "W-100", category: "washer",
                purchasedOn: history.dice.chance(400) ? "2026-06-01" : "2010-01-01", state: .down),
            serviceType: .repair, serviceMode: .onSite, urgency: history.dice.pick([.low, .normal, .high, .critical]),
            problem: "It does not spin",
            site: ReportedSite(
                address: "\(device) Example Street", regionCode: "110105",
                location: Coordinates(latitude: 39.9, longitude: 116.45, crs: .gcj02)), language: "en")
        switch kind {
        case 0:
            command.problem = nil
            command.site = nil
        case 1: command.customer?.phone = "12"
        case 2: command.channel = "phone"
        case 3:
            command.serviceType = .consultation
            command.serviceMode = .remote
        case 4: command.serviceType = .maintenance
        default: break
        }
        try say(command, by: .adapter, isChannelled: true, in: history)
        guard let envelope = lastSaid?.envelope else { return }
        note(report: DedupeKey(source: envelope.source, id: envelope.id))
        if history.dice.chance(50) {
            command.problem = "It does not spin, and smells"
            try contradict(command, like: envelope, ReportRepair.routingKey(channel: Self.channel), in: history)
        }
    }

    func officeChoices(_ choices: inout Choices, _ history: History) {
        let isDutiful = choices.isDutiful
        for (id, request) in history[.intake].all(ServiceRequest.self) where request.status == .incomplete {
            choices.may(3, dutiful: 10) {
                try self.say(
                    CompleteRequest(
                        requestId: id, site: ReportedSite(address: "9 Example Street", regionCode: "110105"),
                        problem: isDutiful || history.dice.chance(700) ? "It leaks" : nil),
                    by: .user("agent"), in: history)
            }
        }
        for part in [Self.cheapPart, Self.dearPart] { choices.may(1) { try self.receive(part, history) } }
    }

    func agentChoices(_ order: WorkOrder, _ orders: [WorkOrder], _ choices: inout Choices, _ history: History) {
        let id = order.id
        func agent<C: Command>(_ command: @escaping () -> C) -> () throws -> Void {
            { try self.say(command(), by: .user("agent"), story: id, in: history) }
        }
        let hold = agent {
            HoldWorkOrder(
                workOrderId: id, reason: .customerWish,
                resumeOn: history.now.addingTimeInterval(Double(history.dice.number(600..<200_000))),
                occurredAt: self.occurredAt(history))
        }
        let resume = agent { ResumeWorkOrder(workOrderId: id, occurredAt: self.occurredAt(history)) }
        let cancel = agent {
            CancelWorkOrder(
                workOrderId: id, reason: .customerRequest, occurredAt: self.occurredAt(history))
        }
        let reopen = agent { ReopenWorkOrder(workOrderId: id, reason: "It is back") }
        let resolve = agent { ResolveRemotely(workOrderId: id, remedy: "Told to plug it in", minutes: 5) }
        let other = orders.first { $0.id != id && !$0.status.isFinal }
        let merge = agent { MergeWorkOrder(workOrderId: id, intoWorkOrderId: other?.id ?? id, acrossCustomers: true) }
        if order.status == .qualified { choices.may(4, dutiful: 10, resolve) }
        if order.status == .onHold || order.status == .awaitingCustomer {
            choices.may(4, dutiful: history.temper.neglects(id) ? 0 : 3, resume)
        }
        if order.status == .qualified { choices.may(4, dutiful: 3, resume) }
        for act in [hold, resume, cancel, reopen, resolve, merge] { choices.mayWrongly(1, act) }
        disputeChoices(order, &choices, history)
        guard !choices.isDutiful, history.dice.chance(history.temper.fickleness) else { return }
        if order.allows(.hold) { choices.may(20, hold) }
        if order.allows(.cancel) { choices.may(10, cancel) }
        if order.allows(.resolveRemotely) { choices.may(10, resolve) }
        if order.allows(.merge), other != nil { choices.may(10, merge) }
        if order.allows(.reopen) { choices.may(10, reopen) }
    }
}
