import DomainContracts

extension ServiceLevelRules {
    /// Version 1, in force until others are published; docs/state-machines/sla-clock.md holds the same table. A working
    /// day has 450 minutes.
    static let standard = ServiceLevelRules(
        name: "standard", warnAtPercent: 75,
        levels: [
            ServiceLevelTerms(
                level: .fourHour, calendar: CalendarVersion.always,
                targets: targets(
                    (15, 30, 120, 480), (30, 60, 240, 1_440), (60, 120, 240, 1_440), (120, 240, 480, 2_880)),
                escalation: escalation(every: 60)),
            ServiceLevelTerms(
                level: .nextDay, calendar: CalendarVersion.workingHours,
                targets: targets(
                    (30, 60, 240, 900), (60, 120, 450, 1_350), (120, 240, 450, 1_800), (240, 450, 900, 2_250)),
                escalation: escalation(every: 240)),
            ServiceLevelTerms(
                level: .standard, calendar: CalendarVersion.workingHours,
                targets: targets(
                    (60, 120, 450, 1_350), (120, 240, 900, 2_250), (240, 450, 1_350, 3_150), (450, 900, 2_250, 4_500)),
                escalation: escalation(every: 240)),
        ],
        // Missing parts are our affair and pause nothing.
        pauses: [PauseRule(clock: .resolution, reasons: ["awaiting_customer", "awaiting_quote", "customer_wish"])])

    private static func targets(_ rows: (Int, Int, Int, Int)...) -> [ServiceLevelTarget] {
        zip(Priority.known, rows).map { priority, row in
            ServiceLevelTarget(
                priority: priority, response: row.0, acceptance: row.1, arrival: row.2, resolution: row.3)
        }
    }

    private static func escalation(every minutes: Int) -> [EscalationStep] {
        EscalationRule.roles.enumerated().map { number, role in
            EscalationStep(toRole: role, atPercent: 100, afterMinutes: number == 0 ? nil : number * minutes)
        }
    }
}

extension CalendarVersion {
    static let always = "always"
    static let workingHours = "working_hours"

    /// What Mendloop comes with, each calendar's versions in order. Never to be extended: companies count their own
    /// versions from here on.
    static let shipped = [
        CalendarVersion(name: always, calendarVersion: 1, rules: CalendarRules(zone: "Asia/Shanghai")),
        // Before Mendloop knew holidays. Clocks that ended in it stay as they were reckoned.
        CalendarVersion(
            name: workingHours, calendarVersion: 1, rules: CalendarRules(zone: "Asia/Shanghai", week: workingWeek)),
        CalendarVersion(
            name: workingHours, calendarVersion: 2,
            rules: CalendarRules(zone: "Asia/Shanghai", week: workingWeek, holidays: "cn")),
    ]

    /// 7.5 h a day.
    private static let workingWeek = [
        CalendarWeekdays(weekdays: [1, 2, 3, 4, 5], shifts: ["09:00-12:00", "13:30-18:00"])
    ]
}
