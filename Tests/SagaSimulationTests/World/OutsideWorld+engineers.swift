import DomainContracts
import Foundation

@testable import DispatchService
@testable import FieldService
@testable import ServiceKit

/// Engineers, and the dispatcher who sends them by hand.
extension OutsideWorld {
    func engineerChoices(_ order: UUID, _ choices: inout Choices, _ history: History) {
        for (id, assignment) in history[.dispatch].all(Assignment.self) where assignment.workOrderId == order {
            assignmentChoices(id, assignment, &choices, history)
        }
        for (_, visit) in history[.fieldService].all(Visit.self) where visit.workOrderId == order {
            visitChoices(visit, &choices, history)
        }
        guard let job = history[.dispatch].value(Job.self, order) else { return }
        if job.status != .done {
            choices.may(job.status == .open ? 2 : 1, dutiful: job.cycles ?? 0 > 0 ? 5 : 0) {
                guard let engineer = history.dice.pick(self.engineers) else { return }
                try self.say(
                    AssignEngineer(workOrderId: order, engineerId: engineer), by: .user("dispatcher"), story: order,
                    in: history)
            }
        }
        choices.may(1) {
            try self.say(
                RebookSlot(workOrderId: order, window: self.window(history), initiatedBy: .customer),
                by: .user("agent"), story: order, in: history)
        }
        choices.mayWrongly(1) {
            try self.say(OfferSlots(workOrderId: order), by: .user("agent"), story: order, in: history)
        }
    }

    private func assignmentChoices(
        _ id: UUID, _ assignment: Assignment, _ choices: inout Choices, _ history: History
    ) {
        let order = assignment.workOrderId
        let engineer = assignment.engineerId
        let accept = {
            try self.say(
                AcceptAssignment(assignmentId: id, engineerId: engineer, occurredAt: self.occurredAt(history)),
                by: .engineer(engineer), story: order, in: history)
        }
        let decline = {
            try self.say(
                DeclineAssignment(assignmentId: id, engineerId: engineer, reason: .busy), by: .engineer(engineer),
                story: order, in: history)
        }
        let isDutiful = choices.isDutiful
        let isNeglected = history.temper.neglects(id)
        let book = {
            let proposed = assignment.proposedWindow
            let isGood = proposed.end > history.now && history.dice.chance(isDutiful ? 500 : 800)
            try self.say(
                BookSlot(assignmentId: id, window: isGood ? proposed : self.window(history)), by: .user("agent"),
                story: order, in: history)
        }
        if assignment.status.isLive {
            choices.may(1) {
                let helpers = self.engineers.filter { $0 != engineer && history.dice.chance(200) }
                try self.say(
                    SetHelpers(assignmentId: id, helperIds: helpers), by: .user("dispatcher"), story: order,
                    in: history)
            }
        }
        switch assignment.status {
        case .offered:
            choices.may(20, dutiful: isNeglected ? 0 : 20, accept)
            choices.may(4, decline)
            choices.mayWrongly(5, book)
        case .accepted:
            choices.may(assignment.window == nil ? 20 : 1, dutiful: assignment.window == nil ? 20 : 0, book)
            choices.mayWrongly(5, decline)
        case .declined, .expired, .withdrawn, .fulfilled, .noShow:
            choices.mayWrongly(5, accept)
            choices.mayWrongly(3, decline)
            choices.mayWrongly(3, book)
        }
    }

    /// Some time in the next days, often one that is taken.
    func window(_ history: History) -> TimeWindow {
        let start = (history.now.timeIntervalSince1970 / 900).rounded(.up) * 900
        let from = Date(timeIntervalSince1970: start + Double(history.dice.number(1..<400) * 900))
        return TimeWindow(start: from, end: from.addingTimeInterval(5_400))
    }

    private func visitChoices(_ visit: Visit, _ choices: inout Choices, _ history: History) {
        let (id, engineer, order) = (visit.visitId, visit.engineerId, visit.workOrderId)
        func act<C: Command>(_ command: @escaping () -> C) -> () throws -> Void {
            { try self.say(command(), by: .engineer(engineer), story: order, in: history) }
        }
        let at = { self.occurredAt(history) }
        let depart = act { DepartForVisit(visitId: id, engineerId: engineer, occurredAt: at()) }
        let checkIn = act { CheckIn(visitId: id, engineerId: engineer, occurredAt: at()) }
        let start = act { StartWork(visitId: id, engineerId: engineer, occurredAt: at()) }
        let pause = act { PauseVisit(visitId: id, engineerId: engineer, reason: "Lunch") }
        let resume = act { ResumeVisit(visitId: id, engineerId: engineer) }
        // The window's end watches who has not come; nobody watches who is there.
        let comes = history.temper.neglects(id) ? 0 : 10
        switch visit.status {
        case .planned: break
        case .scheduled:
            choices.may(12, dutiful: comes, depart)
            choices.may(12, dutiful: comes, checkIn)
        case .enRoute: choices.may(20, dutiful: comes, checkIn)
        case .onSite:
            choices.may(20, dutiful: 20, start)
            endChoices(visit, &choices, history)
        case .inProgress:
            choices.may(2, dutiful: visit.steps.count < 8 ? 2 : 0, pause)
            workChoices(visit, &choices, history)
            endChoices(visit, &choices, history)
        case .paused:
            choices.may(4, dutiful: visit.openWaits.isEmpty ? 20 : 0, resume)
            workChoices(visit, &choices, history)
            endChoices(visit, &choices, history)
        case .ended, .missed, .cancelled:
            for wrong in [checkIn, start] { choices.mayWrongly(3, wrong) }
        }
        for wrong in [depart, checkIn, start, pause, resume] { choices.mayWrongly(1, wrong) }
    }
}
