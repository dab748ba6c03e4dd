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

    /// Telephones with the customer and books the time they agree on, unless another had done so for him.
    func agreeOnTime(_ accepted: AssignmentAccepted, _ order: KnownOrder) async throws {
        guard accepted.agreedWindow == nil else { return }
        var attempt = 0
        while true {
            attempt += 1
            let isOff = world.order(order.id) {
                $0.isOver || $0.withdrawn.contains(accepted.assignmentId)
                    || $0.appointments[accepted.assignmentId] != nil
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

    /// Waits until it is time and goes, unless the visit was moved, planned anew or called off meanwhile.
    func keep(
        _ appointment: Appointment, _ assignmentId: UUID, _ engineerId: UUID, round: Int, _ order: KnownOrder
    ) async throws {
        let isNews = world.order(order.id) { state in
            if let known = state.appointments[assignmentId], !appointment.isNewer(than: known) { return false }
            state.appointments[assignmentId] = appointment
            state.engineer = engineerId
            return true
        }
        guard isNews else { return }
        let travel = order.fate.number("travel-\(round)", 8...25)
        try await world.wait(until: appointment.start.addingTimeInterval(-Double(travel) * 60))
        let number: Int? = world.order(order.id) { state in
            guard state.depart(for: appointment, assignmentId) else { return nil }
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
            world: world, order: order, id: assignmentId, engineer: engineerId, number: number,
            start: appointment.start, travelMinutes: travel)
        do {
            try await visit.work(plan)
        } catch let refusal as StepRefused {
            world.stumble(refusal, order.id)
            try await visit.leave()
        }
    }
}
