import DomainContracts
import FoundationEssentials

/// What we promise: running time per clock, by response level and priority, in the level's calendar.
struct ServiceLevel: Sendable, Equatable {
    let calendar: SLAClock.CalendarName
    /// Minutes of the calendar.
    let response, acceptance, arrival, resolution: Int

    /// docs/state-machines/sla-clock.md holds the same table. A working day has 450 minutes.
    static func of(_ level: ResponseLevel, _ priority: Priority) -> ServiceLevel {
        let row = priorityRow(priority)
        switch level {
        case .fourHour: return fourHour[row]
        case .nextDay: return nextDay[row]
        default: return standard[row]
        }
    }

    private static let fourHour = [
        ServiceLevel(calendar: .always, response: 15, acceptance: 30, arrival: 120, resolution: 480),
        ServiceLevel(calendar: .always, response: 30, acceptance: 60, arrival: 240, resolution: 1_440),
        ServiceLevel(calendar: .always, response: 60, acceptance: 120, arrival: 240, resolution: 1_440),
        ServiceLevel(calendar: .always, response: 120, acceptance: 240, arrival: 480, resolution: 2_880),
    ]
    private static let nextDay = [
        ServiceLevel(calendar: .workingHours, response: 30, acceptance: 60, arrival: 240, resolution: 900),
        ServiceLevel(calendar: .workingHours, response: 60, acceptance: 120, arrival: 450, resolution: 1_350),
        ServiceLevel(calendar: .workingHours, response: 120, acceptance: 240, arrival: 450, resolution: 1_800),
        ServiceLevel(calendar: .workingHours, response: 240, acceptance: 450, arrival: 900, resolution: 2_250),
    ]
    private static let standard = [
        ServiceLevel(calendar: .workingHours, response: 60, acceptance: 120, arrival: 450, resolution: 1_350),
        ServiceLevel(calendar: .workingHours, response: 120, acceptance: 240, arrival: 900, resolution: 2_250),
        ServiceLevel(calendar: .workingHours, response: 240, acceptance: 450, arrival: 1_350, resolution: 3_150),
        ServiceLevel(calendar: .workingHours, response: 450, acceptance: 900, arrival: 2_250, resolution: 4_500),
    ]

    private static func priorityRow(_ priority: Priority) -> Int {
        switch priority {
        case .p1: 0
        case .p2: 1
        case .p3: 2
        default: 3
        }
    }

    /// The clocks of a new order: those of a visit only when somebody must go.
    func clocks(from start: Date, visit: Bool) -> [SLAClock] {
        let minutes: [(ClockKind, Int)] =
            visit
            ? [(.response, response), (.acceptance, acceptance), (.arrival, arrival), (.resolution, resolution)]
            : [(.response, response), (.resolution, resolution)]
        return minutes.map { SLAClock($0, calendar: calendar, targetSeconds: $1 * 60, startedAt: start) }
    }
}
