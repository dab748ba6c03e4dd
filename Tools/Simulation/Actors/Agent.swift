import DomainContracts
import Foundation

/// The call centre: completes what reports lack, settles things by telephone, calls customers back.
struct Agent: Sendable {
    let world: World
    private var speaker: Speaker { .user("agent") }

    func complete(_ event: RequestIncomplete) async throws {
        guard let planned = await world.requests.value(event.requestId),
            !planned.fate.happens("left-incomplete", world.shares.leftIncomplete)
        else { return }
        try await world.wait(minutes: planned.fate.number("complete-after", 10...90))
        let reply = try await world.client.require(
            CompleteRequest(
                requestId: event.requestId, site: planned.report.site, serviceType: planned.report.serviceType,
                problem: planned.repaired.language == "en" ? "Does not work; no details known" : "不工作，原因不明",
                occurredAt: world.clock.now()),
            as: speaker, story: nil)
        if let order = reply.workOrderId { world.tally.withLock { _ = $0.opened.insert(order) } }
    }

    /// Settles by telephone what needs nobody on site, and takes back what the customer does not want any more.
    func attend(_ opened: WorkOrderOpened, _ order: KnownOrder) async throws {
        if opened.need == nil {
            try await world.wait(minutes: order.fate.number("telephone-after", 5...30))
            if order.fate.happens("settled-by-telephone", 0.85) || order.isRework {
                try await world.client.require(
                    ResolveRemotely(
                        workOrderId: order.id, remedy: "settings explained by telephone",
                        minutes: order.fate.number("telephone", 5...25), occurredAt: world.clock.now()),
                    as: speaker, story: order.id)
            } else {
                try await world.client.require(
                    ResumeWorkOrder(workOrderId: order.id, note: "somebody has to look", occurredAt: world.clock.now()),
                    as: speaker, story: order.id)
            }
        } else if !order.isRework, order.fate.happens("cancelled", world.shares.cancelled) {
            try await world.wait(minutes: order.fate.number("cancel-after", 20...240))
            try await cancel(order, .customerRequest)
        }
    }

    /// Cancels unless it is too late.
    func cancel(_ order: KnownOrder, _ reason: CancelReason) async throws {
        _ = try await world.client.perform(
            CancelWorkOrder(workOrderId: order.id, reason: reason, occurredAt: world.clock.now()), as: speaker,
            story: order.id, attempts: 3)
    }

    func follow(_ changed: WorkOrderChanged, _ order: KnownOrder) async throws {
        guard changed.status != changed.previousStatus else { return }
        switch changed.status {
        case .awaitingCustomer:
            try await world.wait(minutes: order.fate.number("call-after", 60...360))
            // Refused when the customer was quicker.
            _ = try await world.client.perform(
                ResumeWorkOrder(workOrderId: order.id, note: "reached by telephone", occurredAt: world.clock.now()),
                as: speaker, story: order.id, attempts: 2)
        case .awaitingParts:
            // What came while the engineer was still there could not be cancelled then.
            if world.order(order.id, { $0.isHopeless }) { try await cancel(order, .partsUnavailable) }
        case .awaitingConfirmation:
            try await Customer(world: world).judge(order)
        default:
            break
        }
    }

    /// Calls and asks whether it was good.
    func call(_ due: FollowUpDue, _ order: KnownOrder) async throws {
        if order.fate.happens("call-forgotten", world.shares.followUpForgotten) { return }
        try await world.wait(minutes: order.fate.number("called-after", 5...90))
        let isReached = !order.fate.happens("unreachable", 0.08)
        let isFixed = order.isRework || !order.fate.happens("call-not-fixed", world.shares.surveyNotFixed / 2)
        // Refused when the survey was answered meanwhile.
        _ = try await world.client.perform(
            CompleteFollowUp(
                followUpId: due.followUpId,
                result: isReached ? (isFixed ? .satisfied : .dissatisfied) : .unreachable,
                fixed: isReached ? isFixed : nil,
                satisfaction: isReached ? (isFixed ? order.fate.pick("call-mark", [3, 4, 4, 5, 5, 5]) : 2) : nil,
                occurredAt: world.clock.now()),
            as: speaker, story: order.id, attempts: 3)
    }
}
