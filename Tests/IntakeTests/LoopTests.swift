import DomainContracts
import Foundation
import Testing

@testable import Intake

struct LoopTests {
    var intake = IntakeBench()
    let trip = UUID()

    @Test("a work order goes from the report to its closing by what the services tell")
    mutating func happyPath() throws {
        let order = try intake.opened()
        #expect(order.status == .pendingDispatch)
        #expect(order.number == "WO-20261123-000001")
        #expect(
            intake.bench.last(WorkOrderOpened.self)?.need?.requiredSkills == [
                SkillLevel(skill: "aircon-dehumidifier", level: 1)
            ])
        try intake.offer(order, trip)
        #expect(try intake.status(order.id) == .assigned)
        intake.pass(600)
        try intake.accept(order, trip)
        #expect(try intake.status(order.id) == .accepted)
        try intake.book(order, trip)
        #expect(try intake.status(order.id) == .scheduled)
        try intake.depart(order, trip)
        #expect(try intake.status(order.id) == .enRoute)
        try intake.checkIn(order, trip)
        #expect(try intake.status(order.id) == .onSite)
        try intake.start(order, trip)
        #expect(try intake.status(order.id) == .inProgress)
        intake.pass(3_600)
        try intake.end(order, trip, .workDone, outcome: .fixed)
        #expect(try intake.status(order.id) == .awaitingConfirmation)
        try intake.confirm(order, trip)
        #expect(try intake.status(order.id) == .awaitingFollowUp)
        try intake.survey(order, fixed: true)
        #expect(try intake.status(order.id) == .closed)
        let closed = try #require(intake.bench.last(WorkOrderClosed.self))
        #expect(closed.closureCode == .survey)
        #expect(closed.outcome == .fixed)
        #expect(closed.figures.visits == 1)
        #expect(closed.figures.firstResponseAt == IntakeBench.monday + 600)
        #expect(closed.figures.resolvedAt == IntakeBench.monday + 4_200)
        #expect(closed.clocks.allSatisfy { $0.status == .met })
        #expect(intake.bench.timers.isEmpty)
    }

    @Test("the order in which facts come does not matter")
    mutating func anyOrder() throws {
        let order = try intake.opened()
        try intake.survey(order, fixed: true)
        try intake.confirm(order, trip)
        try intake.end(order, trip, .workDone, outcome: .fixed)
        try intake.start(order, trip)
        try intake.book(order, trip)
        try intake.offer(order, trip)
        #expect(try intake.status(order.id) == .closed)
    }

    @Test("a fact about an order that is not known yet waits for it")
    mutating func notYet() throws {
        let id = UUID()
        let outcome = try intake.bench.receive(
            VisitStarted(visitId: trip, workOrderId: id, engineerId: UUID(), startedAt: intake.bench.now),
            by: NoteStart())
        #expect(outcome == .notYet(waitingFor: "work-order/\(id.uuidString.lowercased())"))
    }

    @Test("a repeated fact tells nothing again")
    mutating func repeated() throws {
        let order = try intake.opened()
        try intake.offer(order, trip)
        let told = intake.bench.events.count
        try intake.offer(order, trip)
        #expect(intake.bench.events.count == told)
    }

    @Test("parts that are all there bring the same engineer in a new round")
    mutating func partsReady() throws {
        let order = try intake.opened()
        let parts = UUID()
        try intake.visit(order, trip)
        try intake.end(order, trip, .partMissing, parts: [parts])
        #expect(try intake.status(order.id) == .awaitingParts)
        try intake.reserve(order, trip, parts, complete: false)
        #expect(try intake.status(order.id) == .awaitingParts)
        try intake.reserve(order, trip, parts, complete: true, sequence: 2)
        #expect(try intake.status(order.id) == .pendingDispatch)
        let need = try #require(intake.bench.last(WorkOrderChanged.self)?.need)
        #expect(need.round == 2)
        #expect(need.reason == .partsReady)
        #expect(need.preferredEngineerId == IntakeBench.engineer)
        #expect(need.parts == [PlannedPart(partCode: "PUMP", quantity: 2)])
    }

    @Test("parts that were reserved before the visit ended need no waiting")
    mutating func partsWereReady() throws {
        let order = try intake.opened()
        let parts = UUID()
        try intake.visit(order, trip)
        try intake.reserve(order, trip, parts, complete: true)
        try intake.end(order, trip, .partWrong, parts: [parts])
        #expect(try intake.status(order.id) == .pendingDispatch)
    }

    @Test("parts that inventory has given up keep nobody waiting: whoever goes asks again")
    mutating func partsReleased() throws {
        let order = try intake.opened()
        let parts = UUID()
        try intake.visit(order, trip)
        try intake.release(order, trip, parts)
        try intake.end(order, trip, .partMissing, parts: [parts])
        #expect(try intake.status(order.id) == .pendingDispatch)
        let second = UUID()
        try intake.visit(order, second, round: 2)
        try intake.end(order, second, .partMissing, parts: [second])
        #expect(try intake.status(order.id) == .awaitingParts)
        try intake.release(order, second, second)
        #expect(try intake.status(order.id) == .pendingDispatch)
    }

    @Test("nobody goes for parts before the quote is accepted")
    mutating func quoteBeforeParts() throws {
        let order = try intake.opened()
        let (parts, estimate) = (UUID(), UUID())
        try intake.visit(order, trip)
        try intake.estimate(order, trip, estimate, .quote)
        #expect(try intake.status(order.id) == .awaitingQuote)
        try intake.end(order, trip, .partMissing, parts: [parts])
        try intake.reserve(order, trip, parts, complete: true)
        #expect(try intake.status(order.id) == .awaitingQuote)
        try intake.acceptQuote(order, trip, estimate)
        #expect(intake.bench.last(WorkOrderChanged.self)?.need?.reason == .partsReady)
    }

    @Test("an open estimate that was superseded stands as the new one, in whatever order they come")
    mutating func supersededEstimate() throws {
        for isLate in [false, true] {
            let order = try intake.opened(id: "superseded-\(isLate)")
            let (visit, old, new) = (UUID(), UUID(), UUID())
            try intake.visit(order, visit)
            if !isLate { try intake.estimate(order, visit, old, .approval) }
            try intake.estimate(order, visit, new, .quote, supersedes: old)
            if isLate { try intake.estimate(order, visit, old, .approval) }
            #expect(try intake.status(order.id) == .awaitingQuote)
            try intake.end(order, visit, .needsQuote)
            try intake.acceptQuote(order, visit, new)
            #expect(try intake.status(order.id) == .pendingDispatch)
        }
    }

    @Test("an estimate that was given up asks for nobody's word, also when the question comes late")
    mutating func givenUpEstimate() throws {
        let order = try intake.opened()
        let estimate = UUID()
        try intake.visit(order, trip)
        try intake.estimate(order, trip, estimate, .none, sequence: 2)
        try intake.estimate(order, trip, estimate, .quote, sequence: 1)
        #expect(try intake.status(order.id) == .inProgress)
    }

    @Test("a refused quote is an outcome that is confirmed and followed up")
    mutating func quoteRefused() throws {
        let order = try intake.opened()
        let estimate = UUID()
        try intake.visit(order, trip)
        try intake.estimate(order, trip, estimate, .quote)
        try intake.end(order, trip, .needsQuote)
        #expect(try intake.status(order.id) == .awaitingQuote)
        try intake.refuseQuote(order, trip, estimate)
        #expect(try intake.status(order.id) == .awaitingConfirmation)
        #expect(try intake.order(order.id).outcome == .quoteRefused)
        try intake.confirm(order, trip)
        #expect(try intake.status(order.id) == .awaitingFollowUp)
    }

    @Test("a missed visit brings somebody else")
    mutating func missed() throws {
        let order = try intake.opened()
        try intake.accept(order, trip)
        try intake.book(order, trip)
        try intake.miss(order, trip)
        let need = try #require(intake.bench.last(WorkOrderChanged.self)?.need)
        #expect(need.reason == .missed)
        #expect(need.excludedEngineerIds == [IntakeBench.engineer])
    }

    @Test("lacking skill raises what is required")
    mutating func skillShort() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .skillShort, skills: [SkillLevel(skill: "aircon-dehumidifier", level: 3)])
        #expect(
            intake.bench.last(WorkOrderChanged.self)?.need?.requiredSkills == [
                SkillLevel(skill: "aircon-dehumidifier", level: 3)
            ])
    }

    @Test("after the third try at a closed door the order is cancelled")
    mutating func threeTries() throws {
        let order = try intake.opened()
        for round in 1...3 {
            let trip = UUID()
            try intake.accept(order, trip, round: round)
            try intake.end(order, trip, .noAccess)
            if round < 3 {
                #expect(try intake.status(order.id) == .awaitingCustomer)
                try intake.bench.send(ResumeWorkOrder(workOrderId: order.id), to: ResumeOrder())
            }
        }
        #expect(try intake.status(order.id) == .cancelled)
        #expect(intake.bench.last(WorkOrderClosed.self)?.reason == "customer_unreachable")
    }

    @Test("the newest report speaks for the order, also where it is of an older round's visit")
    mutating func twoOnSite() throws {
        for isDisputed in [false, true] {
            let order = try intake.opened(id: "two-\(isDisputed)")
            let (first, second) = (UUID(), UUID())
            try intake.accept(order, first)
            try intake.miss(order, UUID())
            let round = try intake.order(order.id).facts.round
            try intake.visit(order, second, round: round)
            try intake.checkIn(order, first)
            try intake.start(order, first)
            intake.pass(600)
            try intake.end(order, second, .workDone, outcome: .fixed)
            #expect(try intake.status(order.id) == .inProgress)
            intake.pass(600)
            try intake.end(order, first, .workDone, outcome: .fixed)
            #expect(try intake.status(order.id) == .awaitingConfirmation)
            intake.pass(600)
            if isDisputed { try intake.dispute(order, first) } else { try intake.confirm(order, first) }
            #expect(try intake.status(order.id) == (isDisputed ? .pendingDispatch : .awaitingFollowUp))
        }
    }

    @Test("a disputed completion sends the same engineer again")
    mutating func disputed() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .workDone)
        try intake.dispute(order, trip)
        let need = try #require(intake.bench.last(WorkOrderChanged.self)?.need)
        #expect(need.reason == .reopened)
        #expect(need.preferredEngineerId == IntakeBench.engineer)
        #expect(try intake.order(order.id).outcome == nil)
    }

    @Test("not fixed closes the order and opens one rework order, free of charge, however often it is said")
    mutating func rework() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .workDone)
        try intake.confirm(order, trip)
        intake.pass(60)
        try intake.survey(order, fixed: false)
        try intake.bench.receive(
            FollowUpCompleted(
                followUpId: UUID(), workOrderId: order.id, result: .dissatisfied, fixed: false,
                completedAt: intake.bench.now), by: TakeFollowUp())
        #expect(try intake.status(order.id) == .closed)
        let opened = intake.bench.all(WorkOrderOpened.self)
        #expect(opened.count == 2)
        #expect(opened.last?.reworkOf == order.id)
        #expect(opened.last?.entitlement.kind == .rework)
        #expect(opened.last?.need?.preferredEngineerId == IntakeBench.engineer)
    }

    @Test("an unsafe site is looked at again on its date")
    mutating func unsafe() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        let resumeOn = intake.bench.now + 5 * 86_400
        try intake.end(order, trip, .unsafe, resumeOn: resumeOn)
        #expect(try intake.status(order.id) == .onHold)
        #expect(try intake.bench.fire(EndWait(), for: order.id))
        #expect(intake.bench.now == resumeOn)
        #expect(intake.bench.last(WorkOrderChanged.self)?.need?.reason == .resumed)
    }
}
