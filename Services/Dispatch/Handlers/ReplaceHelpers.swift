import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// A dispatcher's own word on who goes with an engineer: it stands, whatever the rules ask for.
struct ReplaceHelpers: CommandHandler {
    private static let most = 5

    func keys(_ command: SetHelpers, _ keys: inout Keys) {
        keys.need(Assignment.self, command.assignmentId)
        keys.need(Booking.self, command.assignmentId)
        for id in command.helperIds {
            keys.need(Engineer.self, id)
            keys.need(EngineerCalendar.self, id)
        }
    }

    func decide(_ command: SetHelpers, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let id = command.assignmentId
        guard var assignment = turn.get(Assignment.self, id), let booked = turn.get(Booking.self, id) else {
            throw .notFound("/data/assignmentId", "assignment")
        }
        guard assignment.status.isLive else { throw .conflict("assignment-over", "The visit is over") }
        let before = assignment.helpers ?? []
        let helpers = command.helperIds.map { AssignmentHelper($0, for: id) }
        try check(helpers, of: assignment, &turn)
        if helpers == before, assignment.helpersMissing ?? 0 == 0 {
            if assignment.namedHelpers ?? [] != command.helperIds {
                assignment.namedHelpers = command.helperIds
                turn.set(assignment, id)
                turn.note("crew-affirmed", about: Assignment.self, id)
            }
            return turn.acknowledgement(assignment, id)
        }
        for helper in before where !helpers.contains(helper) {
            turn.freeTime(of: helper.engineerId, for: helper.bookingId, from: turn.now)
        }
        let lead = CalendarEntry(
            assignmentId: id, workOrderId: assignment.workOrderId, span: booked.span, place: booked.place)
        for (index, helper) in helpers.enumerated() where !before.contains(helper) {
            let pointer = "/data/helperIds/\(index)"
            if turn.get(Engineer.self, helper.engineerId)?.isAway(booked.span) ?? false {
                throw .conflict("engineer-away", "The engineer is away then", detail: pointer)
            }
            guard turn.book(helper.entry(beside: lead), of: helper.engineerId) else {
                throw .conflict("slot-taken", "The engineer has another booking then", detail: pointer)
            }
        }
        assignment.helpers = helpers
        assignment.namedHelpers = command.helperIds
        assignment.helpersMissing = nil
        assignment.helpersSoughtAfter = nil
        turn.set(assignment, id)
        turn.tellCrew(assignment, id, booked: booked.span)
        return turn.acknowledgement(assignment, id)
    }

    private func check(_ helpers: [AssignmentHelper], of assignment: Assignment, _ turn: inout Turn) throws(Refusal) {
        guard helpers.count <= Self.most else {
            throw .invalid("/data/helperIds", "length", "expected at most \(Self.most)")
        }
        for (index, helper) in helpers.enumerated() {
            let pointer = "/data/helperIds/\(index)"
            if helper.engineerId == assignment.engineerId {
                throw .invalid(pointer, "unexpected", "the engineer himself is no helper of his")
            }
            if helpers.prefix(index).contains(helper) { throw .invalid(pointer, "duplicate", "is named twice") }
            guard turn.get(Engineer.self, helper.engineerId) != nil else { throw .notFound(pointer, "engineer") }
        }
    }
}
