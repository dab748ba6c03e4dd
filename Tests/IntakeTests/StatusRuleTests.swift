import DomainContracts
import Foundation
import Testing

@testable import Intake

/// One order in each status, and what each fact makes of it: the work order's State × Event table.
struct StatusRuleTests {
    /// What can be told of an order in any state.
    enum Fact: String, CaseIterable {
        case offered, accepted, booked, lost, departed, checkedIn, started, missed, workDone, confirmed, survey
    }

    /// docs/state-machines/work-order.md. Facts are about the trip of the present round.
    static let table = """
        status                offered          accepted         booked           lost             departed         checkedIn   started     missed           workDone              confirmed          survey
        qualified             assigned         accepted         scheduled        qualified        en_route         on_site     in_progress pending_dispatch awaiting_confirmation awaiting_follow_up qualified
        pending_dispatch      assigned         accepted         scheduled        pending_dispatch en_route         on_site     in_progress pending_dispatch awaiting_confirmation awaiting_follow_up pending_dispatch
        assigned              assigned         accepted         scheduled        pending_dispatch en_route         on_site     in_progress pending_dispatch awaiting_confirmation awaiting_follow_up assigned
        accepted              accepted         accepted         scheduled        pending_dispatch en_route         on_site     in_progress pending_dispatch awaiting_confirmation awaiting_follow_up accepted
        scheduled             scheduled        scheduled        scheduled        pending_dispatch en_route         on_site     in_progress pending_dispatch awaiting_confirmation awaiting_follow_up scheduled
        en_route              en_route         en_route         en_route         pending_dispatch en_route         on_site     in_progress pending_dispatch awaiting_confirmation awaiting_follow_up en_route
        on_site               on_site          on_site          on_site          on_site          on_site          on_site     in_progress on_site          awaiting_confirmation awaiting_follow_up on_site
        in_progress           in_progress      in_progress      in_progress      in_progress      in_progress      in_progress in_progress in_progress      awaiting_confirmation awaiting_follow_up in_progress
        awaiting_quote        awaiting_quote   awaiting_quote   awaiting_quote   awaiting_quote   awaiting_quote   awaiting_quote awaiting_quote awaiting_quote awaiting_confirmation awaiting_follow_up awaiting_quote
        awaiting_approval     awaiting_approval awaiting_approval awaiting_approval awaiting_approval awaiting_approval awaiting_approval awaiting_approval awaiting_approval awaiting_confirmation awaiting_follow_up awaiting_approval
        on_hold               on_hold          on_hold          on_hold          on_hold          on_hold          on_site     in_progress on_hold          on_hold               on_hold            on_hold
        awaiting_confirmation awaiting_confirmation awaiting_confirmation awaiting_confirmation awaiting_confirmation awaiting_confirmation awaiting_confirmation awaiting_confirmation awaiting_confirmation awaiting_confirmation awaiting_follow_up awaiting_confirmation
        awaiting_follow_up    awaiting_follow_up awaiting_follow_up awaiting_follow_up awaiting_follow_up awaiting_follow_up awaiting_follow_up awaiting_follow_up awaiting_follow_up awaiting_follow_up awaiting_follow_up closed
        awaiting_parts        awaiting_parts   awaiting_parts   awaiting_parts   awaiting_parts   awaiting_parts   awaiting_parts awaiting_parts awaiting_parts awaiting_confirmation awaiting_follow_up awaiting_parts
        awaiting_customer     awaiting_customer awaiting_customer awaiting_customer awaiting_customer awaiting_customer awaiting_customer awaiting_customer awaiting_customer awaiting_confirmation awaiting_follow_up awaiting_customer
        closed                closed           closed           closed           closed           closed           closed      closed      closed           closed                closed             closed
        cancelled             cancelled        cancelled        cancelled        cancelled        cancelled        on_site     in_progress cancelled        awaiting_confirmation cancelled          cancelled
        merged                merged           merged           merged           merged           merged           on_site     in_progress merged           awaiting_confirmation merged             merged
        """

    static let cells = MachineTests.cells(table)

    @Test("the status follows from the facts as the table says", arguments: cells)
    func status(cell: MachineTests.Cell) throws {
        let before = try #require(WorkOrderState(rawValue: cell.row))
        let fact = try #require(Fact(rawValue: cell.column))
        let trip = UUID()
        var intake = IntakeBench()
        let order = try intake.opened(before == .qualified ? Self.consultation : .full)
        try Self.bring(&intake, order, trip, to: before)
        #expect(try intake.status(order.id) == before)
        try Self.tell(&intake, order, trip, fact)
        #expect(try intake.status(order.id).rawValue == cell.value)
    }

    @Test("the table names every status and every fact")
    func complete() {
        #expect(Self.cells.count == WorkOrderState.allCases.count * Fact.allCases.count)
    }

    static var consultation: ReportRepair {
        var report = ReportRepair.full
        report.serviceType = .consultation
        return report
    }

    static func tell(_ intake: inout IntakeBench, _ order: WorkOrder, _ trip: UUID, _ fact: Fact) throws {
        switch fact {
        case .offered: try intake.offer(order, trip)
        case .accepted: try intake.accept(order, trip)
        case .booked: try intake.book(order, trip)
        case .lost: try intake.withdraw(order, trip)
        case .departed: try intake.depart(order, trip)
        case .checkedIn: try intake.checkIn(order, trip)
        case .started: try intake.start(order, trip)
        case .missed: try intake.miss(order, trip)
        case .workDone: try intake.end(order, trip, .workDone)
        case .confirmed: try intake.confirm(order, trip)
        case .survey: try intake.survey(order, fixed: true)
        }
    }

    static func bring(_ intake: inout IntakeBench, _ order: WorkOrder, _ trip: UUID, to state: WorkOrderState) throws {
        switch state {
        case .qualified, .pendingDispatch: break
        case .assigned: try intake.offer(order, trip)
        case .accepted: try intake.accept(order, trip)
        case .scheduled: try intake.book(order, trip)
        case .enRoute: try intake.depart(order, trip)
        case .onSite: try intake.checkIn(order, trip)
        case .inProgress: try intake.start(order, trip)
        case .awaitingParts: try intake.end(order, trip, .partMissing, parts: [UUID()])
        case .awaitingCustomer: try intake.end(order, trip, .noAccess)
        case .awaitingQuote:
            try intake.start(order, trip)
            try intake.estimate(order, trip, UUID(), .quote)
        case .awaitingApproval:
            try intake.start(order, trip)
            try intake.estimate(order, trip, UUID(), .approval)
        case .onHold:
            try intake.bench.send(
                HoldWorkOrder(workOrderId: order.id, reason: .other, resumeOn: intake.bench.now + 86_400),
                to: HoldOrder())
        case .awaitingConfirmation: try intake.end(order, trip, .workDone)
        case .awaitingFollowUp:
            try intake.end(order, trip, .workDone)
            try intake.confirm(order, trip)
        case .closed:
            try bring(&intake, order, trip, to: .awaitingFollowUp)
            try intake.survey(order, fixed: true)
        case .cancelled:
            try intake.bench.send(
                CancelWorkOrder(workOrderId: order.id, reason: .other), to: CancelOrder(links: IntakeBench.links))
        case .merged:
            let target = try intake.opened(id: "r-target")
            try intake.bench.send(MergeWorkOrder(workOrderId: order.id, intoWorkOrderId: target.id), to: MergeOrder())
        }
    }
}
