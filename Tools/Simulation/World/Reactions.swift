import DomainContracts
import Foundation
import ServiceKit

/// Who does what about which event.
struct Reactions: Sendable {
    let world: World

    /// Routing keys of everything somebody out here reacts to.
    static let keys: [String] = [
        WorkOrderOpened.routingKey(), WorkOrderChanged.routingKey(lastWord: "*"), WorkOrderClosed.routingKey(),
        RequestIncomplete.routingKey(), AssignmentOffered.routingKey(), AssignmentAccepted.routingKey(),
        AssignmentBooked.routingKey(), AssignmentPlanned.routingKey(), AssignmentWithdrawn.routingKey(),
        EngineerAbsent.routingKey(), VisitEnded.routingKey(),
        EstimatePrepared.routingKey(), EstimateApproved.routingKey(), EstimateRejected.routingKey(),
        QuoteAccepted.routingKey(), QuoteRefused.routingKey(), PartsReserved.routingKey(),
        PartsBackordered.routingKey(), PartsIssued.routingKey(), ChargeFinal.routingKey(),
        LedgerEntryPosted.routingKey(), FollowUpDue.routingKey(), NotificationRequested.routingKey(lastWord: "*"),
    ]

    func react(_ event: HeardEvent) async {
        let story = event.envelope.partitionkey.flatMap { UUID(uuidString: $0) }
        do {
            if let entry = try event(LedgerEntryPosted.self) { return Finance(world: world).enter(entry) }
            if try await reactToIntake(event) { return }
            if try await reactToDispatch(event) { return }
            if try await reactToMoney(event) { return }
            try await reactToTheRest(event)
        } catch {
            world.stumble(error, story)
        }
    }

    /// The order, once this run knows it; orders of others are waited for in vain, and left alone.
    private func order(_ id: UUID) async -> KnownOrder? { await world.orders.value(id) }

    private func reactToIntake(_ event: HeardEvent) async throws -> Bool {
        if let opened = try event(WorkOrderOpened.self) {
            guard let order = await know(opened) else { return true }
            try await Agent(world: world).attend(opened, order)
            try await Customer(world: world).urge(order)
        } else if let changed = try event(WorkOrderChanged.self) {
            guard let order = await order(changed.workOrderId) else { return true }
            note(order.id, changed.status, event)
            try await Agent(world: world).follow(changed, order)
        } else if let closed = try event(WorkOrderClosed.self) {
            guard await order(closed.workOrderId) != nil else { return true }
            note(closed.workOrderId, closed.status, event)
            try await Storekeeper(world: world).takeBack(closed.workOrderId)
        } else if let incomplete = try event(RequestIncomplete.self) {
            // He is at it since the first time.
            guard incomplete.remindedAt == nil else { return true }
            try await Agent(world: world).complete(incomplete)
        } else {
            return false
        }
        return true
    }

    /// Whether an order is over says its newest message: one that was cancelled is reinstated when its engineer was there
    /// first.
    private func note(_ id: UUID, _ status: WorkOrderStatus, _ event: HeardEvent) {
        let isOver = [.closed, .cancelled, .merged].contains(status)
        let sequence = sequence(event)
        let isNews = world.order(id) { state in
            guard sequence >= state.newestOfIntake else { return false }
            state.newestOfIntake = sequence
            state.isOver = isOver
            return true
        }
        guard isNews else { return }
        world.tally.withLock { tally in
            if isOver { tally.closed.insert(id) } else { tally.closed.remove(id) }
        }
    }

    private func sequence(_ event: HeardEvent) -> Int { event.envelope.sequence.flatMap { Int($0) } ?? 0 }

    private func reactToDispatch(_ event: HeardEvent) async throws -> Bool {
        if let offered = try event(AssignmentOffered.self) {
            guard let order = await order(offered.workOrderId) else { return true }
            try await EngineerApp(world: world).answer(offered, order)
        } else if let accepted = try event(AssignmentAccepted.self) {
            guard let order = await order(accepted.workOrderId) else { return true }
            try await EngineerApp(world: world).agreeOnTime(accepted, order)
        } else if let booked = try event(AssignmentBooked.self) {
            guard let order = await order(booked.workOrderId) else { return true }
            try await EngineerApp(world: world).keep(
                Appointment(
                    window: booked.window, start: booked.window.start, sequence: sequence(event), isPlan: false),
                booked.assignmentId, booked.engineerId, round: booked.round, order)
        } else if let planned = try event(AssignmentPlanned.self) {
            guard let order = await order(planned.workOrderId) else { return true }
            try await EngineerApp(world: world).keep(
                Appointment(
                    window: planned.window, start: planned.planned.start, sequence: sequence(event), isPlan: true),
                planned.assignmentId, planned.engineerId, round: planned.round, order)
        } else if let withdrawn = try event(AssignmentWithdrawn.self) {
            world.order(withdrawn.workOrderId) { _ = $0.withdrawn.insert(withdrawn.assignmentId) }
        } else if let absent = try event(EngineerAbsent.self) {
            world.tally.withLock { tally in
                tally.fellIll += 1
                tally.visitsGivenAway += absent.visitsGivenAway
            }
        } else {
            return false
        }
        return true
    }

    private func reactToMoney(_ event: HeardEvent) async throws -> Bool {
        if let estimate = try event(EstimatePrepared.self) {
            if let subject = estimate.findingId ?? estimate.partRequestId { world.estimates.post(subject, estimate) }
            guard let order = await order(estimate.workOrderId) else { return true }
            try await Approver(world: world).decide(estimate, order)
        } else if let approved = try event(EstimateApproved.self) {
            if approved.decision == .none { world.verdicts.post(approved.estimateId, .accepted) }
        } else if let rejected = try event(EstimateRejected.self) {
            world.verdicts.post(rejected.estimateId, .rejected)
        } else if let accepted = try event(QuoteAccepted.self) {
            world.verdicts.post(accepted.estimateId, .accepted)
        } else if let refused = try event(QuoteRefused.self) {
            world.verdicts.post(refused.estimateId, .refused)
        } else if let charge = try event(ChargeFinal.self) {
            guard let order = await order(charge.workOrderId) else { return true }
            try await Finance(world: world).settle(charge, order)
        } else {
            return false
        }
        return true
    }

    private func reactToTheRest(_ event: HeardEvent) async throws {
        if let reserved = try event(PartsReserved.self) {
            try await Storekeeper(world: world).reserved(reserved.request)
        } else if let backordered = try event(PartsBackordered.self) {
            guard let order = await order(backordered.request.workOrderId) else { return }
            try await Storekeeper(world: world).backordered(backordered.request, order)
        } else if let issued = try event(PartsIssued.self) {
            try await Storekeeper(world: world).issued(issued.request)
        } else if let ended = try event(VisitEnded.self) {
            guard [.workDone, .cannotBeDone, .quoteRefused].contains(ended.reason) else { return }
            try await Storekeeper(world: world).takeBack(ended.workOrderId)
        } else if let due = try event(FollowUpDue.self) {
            guard let order = await order(due.workOrderId) else { return }
            try await Agent(world: world).call(due, order)
        } else if let notification = try event(NotificationRequested.self) {
            try await Customer(world: world).read(notification)
        }
    }

    /// Joins an opened order with the report it came from, or with the order whose work it makes good.
    private func know(_ opened: WorkOrderOpened) async -> KnownOrder? {
        let order: KnownOrder
        if let first = opened.reworkOf {
            guard let parent = await world.orders.value(first) else { return nil }
            order = KnownOrder(
                id: opened.workOrderId, number: opened.workOrderNumber, repaired: parent.repaired,
                fate: Fate(seed: parent.fate.seed, report: parent.fate.report + "/rework"), channel: parent.channel,
                customerName: parent.customerName, isRework: true)
        } else {
            guard let planned = await world.requests.value(opened.requestId) else { return nil }
            order = KnownOrder(
                id: opened.workOrderId, number: opened.workOrderNumber, repaired: planned.repaired,
                fate: planned.fate, channel: planned.channel, customerName: planned.customerName, isRework: false)
        }
        world.tally.withLock { _ = $0.opened.insert(order.id) }
        world.orders.post(order.id, order)
        return order
    }
}
