import DomainContracts
import FoundationEssentials

/// Checks a maintenance plan as it was written, collecting what is wrong with it. Whom and which devices it names is
/// looked up by whoever sets it.
struct MaintenancePlanReader {
    private(set) var problems: [FieldProblem] = []
    private let pointer = "/data/plan"

    static let mostDevices = 500
    static let mostLeadDays = 365

    /// - Parameters:
    ///   - calendars: the names there are.
    ///   - calendar: the one that the schedule names, if it is there.
    static func problems(
        _ terms: MaintenancePlanTerms, calendars: some Collection<String>, calendar: BusinessCalendar?
    ) -> [FieldProblem] {
        var reader = MaintenancePlanReader()
        reader.check(terms)
        reader.check(terms.schedule)
        if calendar == nil {
            let known = calendars.sorted().joined(separator: ", ")
            reader.complain("schedule/calendar", "unknown-value", "expected one of: \(known)")
        }
        if reader.problems.isEmpty, let calendar, let days = DueDays(terms.schedule, calendar: calendar),
            days.isOver(after: nil, visitFrom: days.first)
        {
            reader.complain("schedule", "never-due", "expected a date within endsOn and season")
        }
        return reader.problems
    }

    private mutating func check(_ terms: MaintenancePlanTerms) {
        if terms.subject.trimmed.isEmpty || terms.subject.count > 1_000 || terms.subject.hasControlCharacters {
            complain("subject", "length", "expected 1 to 1000 characters that say what is to be done")
        }
        if terms.serviceType != .maintenance, terms.serviceType != .inspection {
            complain("serviceType", "unknown-value", "expected maintenance or inspection")
        }
        if let mode = terms.serviceMode { checkKnown(mode, "serviceMode") }
        if let rule = terms.catchUp { checkKnown(rule, "catchUp") }
        if let days = terms.leadDays, !(0...Self.mostLeadDays).contains(days) {
            complain("leadDays", "out-of-range", "expected 0 to \(Self.mostLeadDays)")
        }
        if let window = terms.window, BusinessCalendar.Shift(window) == nil {
            complain("window", "format", "expected hours such as 09:00-12:00, the end after the start")
        }
        if terms.contractNumber != nil, terms.contractId == nil, terms.customerNumber == nil {
            complain("customerNumber", "required", "expected whose contract it is")
        }
        if terms.devices.isEmpty, terms.contractId == nil, terms.contractNumber == nil {
            complain("devices", "required", "expected at least one device, or a contract")
        }
        if terms.devices.count > Self.mostDevices {
            complain("devices", "too-many", "expected at most \(Self.mostDevices)")
        }
    }

    private mutating func check(_ schedule: MaintenanceSchedule) {
        if !(1...1_000).contains(schedule.every) { complain("schedule/every", "out-of-range", "expected 1 to 1000") }
        checkKnown(schedule.unit, "schedule/unit")
        if let day = schedule.dayOfMonth {
            if schedule.unit != .months {
                complain("schedule/dayOfMonth", "unexpected", "expected it with the unit months alone")
            } else if !(1...31).contains(day) {
                complain("schedule/dayOfMonth", "out-of-range", "expected 1 to 31")
            }
        }
        let first = day(schedule.firstDueOn, "schedule/firstDueOn")
        if let text = schedule.endsOn, let last = day(text, "schedule/endsOn"), let first, last < first {
            complain("schedule/endsOn", "out-of-range", "expected a day not before firstDueOn")
        }
        for (index, weekday) in schedule.weekdays.enumerated() where !(1...7).contains(weekday) {
            complain("schedule/weekdays/\(index)", "out-of-range", "expected 1 for Monday to 7 for Sunday")
        }
        if let move = schedule.move { checkKnown(move, "schedule/move") }
        if let season = schedule.season {
            for (name, month) in [("fromMonth", season.fromMonth), ("toMonth", season.toMonth)]
            where !(1...12).contains(month) {
                complain("schedule/season/\(name)", "out-of-range", "expected 1 to 12")
            }
        }
    }

    private mutating func day(_ text: String, _ member: String) -> CalendarDay? {
        // What lies further off is a slip, and the series would be counted up to it.
        if let day = CalendarDay(text), (2_000...2_199).contains(day.civil.year) { return day }
        complain(member, "not-a-date", "expected an existing day such as 2026-12-01")
        return nil
    }

    private mutating func checkKnown<E: OpenEnum>(_ value: E, _ member: String) {
        guard !value.isKnown else { return }
        complain(member, "unknown-value", "expected one of: " + E.known.map(\.rawValue).joined(separator: ", "))
    }

    private mutating func complain(_ member: String, _ code: String, _ detail: String) {
        problems.append(FieldProblem("\(pointer)/\(member)", code, detail))
    }
}
