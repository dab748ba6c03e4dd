import DomainContracts
import Foundation

/// Engineers, through their app: they take jobs or not, agree on a time, and go. The visit itself is in `Visit`.
struct EngineerApp: Sendable {
    let world: World

    /// Accepts, declines, or lets the lease run out.
    func answer(_ offer: AssignmentOffered, _ order: KnownOrder) async throws {
        let number = world.order(order.id) { state in
            state.offers += 1
            return state.offers
        }
        // Who has been asked five times says yes.
        let isPatient = number <= 5
        if isPatient, order.fate.happens("lease-\(number)", world.shares.leaseIgnored) { return }
        try await world.wait(minutes: order.fate.number("answer-\(number)", 1...10))
        let speaker = Speaker.engineer(offer.engineerId)
        // Either is refused when the offer was withdrawn meanwhile.
        if isPatient, order.fate.happens("declined-\(number)", world.shares.declined) {
            _ = try await world.client.send(
                DeclineAssignment(
                    assignmentId: offer.assignmentId, engineerId: offer.engineerId,
                    reason: order.fate.pick("decline-\(number)", [.busy, .tooFar, .noParts, .unwell]),
                    occurredAt: world.clock.now()),
                as: speaker, story: order.id)
        } else {
            _ = try await world.client.send(
                AcceptAssignment(
                    assignmentId: offer.assignmentId, engineerId: offer.engineerId, occurredAt: world.clock.now()),
                as: speaker, story: order.id)
        }
    }

    /// Telephones with the customer and books the time they agree on.
    func agreeOnTime(_ accepted: AssignmentAccepted, _ order: KnownOrder) async throws {
        var attempt = 0
        while true {
            attempt += 1
            let isOff = world.order(order.id) {
                $0.isOver || $0.withdrawn.contains(accepted.assignmentId) || $0.windows[accepted.assignmentId] != nil
            }
            if isOff { return }
            // An answer takes a machine under load seconds: hours, on a fast clock.
            let notBefore = world.clock.now().addingTimeInterval(Double(max(1_800, world.clock.factor * 5 / 2)))
            let slots = try await world.client.send(
                OfferSlots(workOrderId: order.id, notBefore: notBefore, count: 4),
                as: .engineer(accepted.engineerId), story: order.id)
            if case .accepted(let offered) = slots, !offered.slots.isEmpty {
                // Slots come cheapest first; customers mostly want the earliest.
                let earliest = offered.slots.sorted { $0.window.start < $1.window.start }
                let chosen = order.fate.happens("later-slot-\(attempt)", 0.1) ? earliest.count - 1 : 0
                let booked = try await world.client.send(
                    BookSlot(
                        assignmentId: accepted.assignmentId, window: earliest[chosen].window,
                        occurredAt: world.clock.now()),
                    as: .engineer(accepted.engineerId), story: order.id)
                if case .accepted = booked { return }
            }
            if attempt >= 60 { throw SimulationError.unexpected("no time could be agreed on") }
            try await Task.sleep(for: .milliseconds(min(100 * attempt, 2_000)))
        }
    }

    /// Waits for the window and goes, unless the visit was moved or called off meanwhile.
    func keepAppointment(_ booked: AssignmentBooked, _ order: KnownOrder) async throws {
        world.order(order.id) { state in
            state.windows[booked.assignmentId] = booked.window
            state.engineer = booked.engineerId
        }
        let travel = order.fate.number("travel-\(booked.round)", 8...25)
        try await world.wait(until: booked.window.start.addingTimeInterval(-Double(travel) * 60))
        let number: Int? = world.order(order.id) { state in
            guard !state.isOver, !state.withdrawn.contains(booked.assignmentId),
                state.windows[booked.assignmentId] == booked.window
            else { return nil }
            state.visits += 1
            state.isConcluded = false
            return state.visits
        }
        guard let number else { return }
        let isDiagnosed = world.order(order.id) { $0.isDiagnosed }
        let plan =
            order.isRework && number == 1
            ? VisitPlan.fixed
            : order.fate.plan(order.repaired, visit: number, diagnosed: isDiagnosed, world.shares)
        if plan == .noShow { return }
        let visit = Visit(
            world: world, order: order, id: booked.assignmentId, engineer: booked.engineerId, number: number,
            window: booked.window, travelMinutes: travel)
        do {
            try await visit.work(plan)
        } catch let refusal as StepRefused {
            world.stumble(refusal, order.id)
            try await visit.leave()
        }
    }
}
