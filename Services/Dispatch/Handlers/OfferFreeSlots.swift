import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// Says within which windows the engineer who goes, or who was there last and is still welcome, could come; the best first, as
/// the rules weigh travel against waiting.
struct OfferFreeSlots: CommandHandler {
    var travel = TravelProvider.estimate

    func keys(_ command: OfferSlots, _ keys: inout Keys) {
        keys.need(Job.self, command.workOrderId)
        keys.need(RuleBook.self, RuleBook.id)
    }

    func decide(_ command: OfferSlots, _ turn: inout Turn) throws(Refusal) -> SlotsOffered {
        let wish = try SlotWish(
            count: command.count, windowMinutes: command.windowMinutes, notBefore: command.notBefore,
            notAfter: command.notAfter)
        guard let job = turn.get(Job.self, command.workOrderId) else {
            throw .notFound("/data/workOrderId", "work order")
        }
        if job.status == .done { throw .conflict("work-order-closed", "The work order has ended") }
        let active = job.activeAssignmentId.flatMap { turn.get(Assignment.self, $0) }
        let excluded = turn.knownPeople(of: job).excluded
        let last = job.lastEngineerId.flatMap { excluded.contains($0) ? nil : $0 }
        guard let engineerId = active?.engineerId ?? last,
            let engineer = turn.get(Engineer.self, engineerId),
            var request = job.request(command.workOrderId, now: turn.now.epoch)
        else {
            throw .conflict(
                "nobody-assigned", "No engineer has accepted this work order",
                detail: "dispatch.candidates names who could come, and when")
        }
        request.vans = turn.partsInVan(of: engineerId, for: job)
        let range = try wish.range(job.need, now: turn.now)
        let calendar = turn.get(EngineerCalendar.self, engineerId) ?? EngineerCalendar()
        let timeline = engineer.timeline(in: range, stops: calendar.stops(except: job.activeAssignmentId))
            .fetching(request.missing(engineerId))
        let rules = try turn.rulesInForce()
        var decider = Decider(CompiledRules(rules, Roster([engineer.person(engineerId, at: turn.now)])))
        let helpers = active.map { turn.helperTimelines(of: $0, in: range) } ?? []
        var slots = decider.windows(
            helpers.isEmpty ? wish.count : .max, of: wish.seconds, for: request, of: 0, in: timeline, within: range,
            now: turn.now.epoch, travel: travel.times)
        if let active, !helpers.isEmpty {
            // Some fall away where others are to come too: all begin together, and may do it as long as it takes.
            let end = min(engineer.end(of: job.need?.requiredSkills ?? []), turn.helpersEnd(of: active))
            slots.removeAll { [now = turn.now.epoch, travel = travel.times, request] slot in
                !timeline.hasRoom(
                    for: request, within: slot.span, until: end, beside: helpers, now: now, travel: travel)
            }
        }
        return SlotsOffered(
            workOrderId: command.workOrderId,
            slots: slots.prefix(wish.count).map {
                OfferedSlot(engineerId: engineerId, window: $0.span.window, travelMinutes: $0.detourMinutes)
            })
    }
}
