import DomainContracts
import Foundation
import Testing

@testable import Intake

struct ServiceLevelTests {
    var intake = IntakeBench()
    let trip = UUID()

    /// docs/state-machines/sla-clock.md; calendar and minutes.
    static let standard = """
        four_hour p1 always 15 30 120 480
        four_hour p2 always 30 60 240 1440
        four_hour p3 always 60 120 240 1440
        four_hour p4 always 120 240 480 2880
        next_day p1 working_hours 30 60 240 900
        next_day p2 working_hours 60 120 450 1350
        next_day p3 working_hours 120 240 450 1800
        next_day p4 working_hours 240 450 900 2250
        standard p1 working_hours 60 120 450 1350
        standard p2 working_hours 120 240 900 2250
        standard p3 working_hours 240 450 1350 3150
        standard p4 working_hours 450 900 2250 4500
        platinum p9 working_hours 450 900 2250 4500
        """

    @Test("the standard service levels promise what their table says", arguments: standard.split(separator: "\n"))
    func standardTable(_ line: Substring) {
        let words = line.split(separator: " ").map(String.init)
        let promise = SLABook.standard.promise(
            ResponseLevel(rawValue: words[0]), Priority(rawValue: words[1]), .repair)
        #expect(promise.calendar == SLABook.standard.calendars[words[2]]?.ref)
        #expect(ClockKind.known.map { "\(promise.target.minutes($0))" } == Array(words[3...]))
    }

    @Test("the standard service levels pass the check that others must pass")
    func standardIsValid() throws {
        try ServiceLevelReader.check(.standard, calendars: SLABook.standard.calendars.keys)
        for version in CalendarVersion.shipped { _ = try CalendarReader.calendar(version.rules) }
    }

    @Test("a target for the service type goes before the one for all")
    func serviceType() {
        var rules = ServiceLevelRules.standard
        rules.levels[2].targets.append(
            ServiceLevelTarget(
                priority: .p3, serviceType: .installation, response: 1, acceptance: 2, arrival: 3, resolution: 4))
        let policy = PolicyVersion(policyVersion: 2, rules: rules)
        let own = policy.promise(.standard, .p3, .installation, calendars: SLABook.standard.calendars)
        #expect(own?.target.resolution == 4)
        #expect(own?.clause == "/levels/2/targets/4")
        let general = policy.promise(.standard, .p3, .repair, calendars: SLABook.standard.calendars)
        #expect(general?.clause == "/levels/2/targets/2")
    }

    @Test("escalation goes by share of the target and minutes after it, each step once, and waits with the clock")
    mutating func escalation() throws {
        var rules = ServiceLevelRules.standard
        rules.name = "early"
        for index in rules.levels.indices {
            rules.levels[index].escalation = [
                EscalationStep(toRole: "engineer", atPercent: 50),
                EscalationStep(toRole: "supervisor", atPercent: 100, afterMinutes: 30),
                EscalationStep(toRole: "manager", atPercent: 200),
            ]
        }
        try intake.publish(rules)
        let order = try intake.opened()
        try intake.accept(order, trip)
        var told: [String] = []
        while try intake.bench.fire(WatchClocks(), for: order.id) {
            guard let last = intake.bench.events.last else { break }
            let minutes = { (date: Date) in
                Int(
                    Calendars.shipped[.workingHours].seconds(from: order.receivedAt, to: date).rounded()) / 60
            }
            switch last {
            case let event as SLAClockWarned where event.clock.clock == .arrival:
                told.append("warned \(minutes(intake.bench.now))")
            case let event as SLAClockBreached where event.clock.clock == .arrival:
                told.append("breached \(minutes(intake.bench.now))")
            case let event as IntakeEscalationRaised where event.escalation.reason.parameters["clock"] == "arrival":
                told.append("\(event.escalation.toRole) \(event.escalation.reason.code) \(minutes(intake.bench.now))")
            default: break
            }
        }
        #expect(
            told == [
                "engineer sla_at_risk 675", "warned 1012", "breached 1350", "supervisor sla_breached 1380",
                "manager sla_breached 2700",
            ])
    }

    @Test("what is wrong with service levels is said with a pointer to each")
    mutating func refused() throws {
        var rules = ServiceLevelRules.standard
        rules.name = ""
        rules.warnAtPercent = 100
        rules.levels[0].calendar = "moon"
        rules.levels[0].targets[1].priority = .p1
        rules.levels[1].level = .fourHour
        rules.levels[1].targets[3].arrival = 0
        rules.levels[1].escalation = [
            EscalationStep(toRole: "manager", atPercent: 0), EscalationStep(toRole: "engineer", atPercent: 1),
            EscalationStep(toRole: "king", atPercent: 1, afterMinutes: -1),
        ]
        rules.levels[2].level = ResponseLevel(rawValue: "Gold!")
        rules.pauses.append(PauseRule(clock: .resolution, reasons: ["rain"]))
        let problem = try refusal { try intake.publish(rules) }
        #expect(
            problem.errors.map { "\($0.pointer.dropFirst("/data/serviceLevels".count)) \($0.code)" } == [
                "/name length", "/warnAtPercent out-of-range", "/levels required", "/levels/0/calendar unknown-value",
                "/levels/0/targets/1 duplicate", "/levels/0/targets required", "/levels/1/level duplicate",
                "/levels/1/targets/3/arrival out-of-range", "/levels/1/escalation/0/atPercent out-of-range",
                "/levels/1/escalation/1/toRole order", "/levels/1/escalation/2/toRole unknown-value",
                "/levels/1/escalation/2/afterMinutes out-of-range", "/levels/2/level format",
                "/pauses/1/clock duplicate", "/pauses/1/reasons/0 unknown-value",
            ])
    }

    @Test("who had another version before him is refused; the same again changes nothing")
    mutating func versions() throws {
        try intake.publish(factor: 2)
        try intake.publish(factor: 2)
        #expect(intake.bench.all(ServiceLevelsChanged.self).count == 1)
        let problem = try refusal { try intake.publish(factor: 3, expected: 1) }
        #expect(problem.code == "service-levels-changed")
        let calendar = CalendarRules(zone: "Europe/Berlin")
        #expect(
            try intake.bench.send(
                SetBusinessCalendar(name: "berlin", calendar: calendar, expectedVersion: 0), to: SetCalendar()
            ).version == 1)
        let second = try refusal {
            try intake.bench.send(
                SetBusinessCalendar(name: "berlin", calendar: calendar, expectedVersion: 0), to: SetCalendar())
        }
        #expect(second.code == "calendar-changed")
    }
}
