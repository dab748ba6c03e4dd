import DomainContracts
import FoundationEssentials

extension DueDays {
    /// The days of a schedule that `MaintenancePlanReader` found in order; nil for one that this program cannot read: it
    /// was set by a newer one.
    init?(_ schedule: MaintenanceSchedule, calendar: BusinessCalendar) {
        guard schedule.every > 0, let first = CalendarDay(schedule.firstDueOn) else { return nil }
        switch schedule.unit {
        case .days: step = .days(schedule.every)
        case .weeks: step = .days(7 * schedule.every)
        case .months: step = .months(schedule.every, day: schedule.dayOfMonth ?? first.civil.day)
        default: return nil
        }
        self.first = first
        last = schedule.endsOn.flatMap { CalendarDay($0) }
        weekdays = Set(schedule.weekdays)
        workingDays = schedule.workingDays ?? false
        movesBack = schedule.move == .previous
        season = schedule.season.map { ($0.fromMonth, $0.toMonth) }
        self.calendar = calendar
    }

    /// The same, as far as a contract lasts.
    func within(_ contract: ContractProjection?) -> DueDays {
        guard let contract, contract.startsOn < contract.endsOn else { return self }
        var days = self
        days.term = calendar.day(of: contract.startsOn)...calendar.day(of: contract.endsOn - 0.001)
        return days
    }
}
