import DomainContracts
import Foundation

extension SLATimeline {
    /// One paragraph a clock, its times on the calendar's own wall clock.
    func text(in words: ClockWords) -> String {
        var head = [workOrderNumber, status?.rawValue, priority?.rawValue, serviceType?.rawValue].compactMap { $0 }
            .joined(separator: " ")
        if let entitlement { head += "\n" + words.entitled(entitlement) }
        if let at, let zone = clocks.first?.zone {
            head += "\n" + words.heading(WallClock(zone).text(at), zone: zone)
        }
        return ([head] + clocks.map { $0.text(in: words) }).joined(separator: "\n\n")
    }
}

extension ClockTimeline {
    fileprivate func text(in words: ClockWords) -> String {
        let wall = WallClock(zone)
        let standing = [
            words.standing(state.status), state.dueAt.map { words.due(wall.text($0)) },
            state.stoppedAt.map { words.stopped(wall.text($0)) },
        ]
        var lines = ["\(words.name(state.clock)): " + words.list(standing.compactMap { $0 })]
        for step in steps {
            lines.append("  \(wall.text(step.at))  " + words.step(step, due: step.dueAt.map(wall.text)))
        }
        lines.append("  " + words.sum(used: elapsedSeconds, of: state.targetSeconds, paused: state.pausedSeconds))
        lines += specialDays.map { "  " + words.day($0) }
        return lines.joined(separator: "\n")
    }
}

/// What the clocks on the wall show in a zone.
struct WallClock {
    private let calendar: Calendar

    init(_ zone: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        self.calendar = calendar
    }

    /// `2026-11-21 09:12`
    func text(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        func two(_ value: Int?) -> String { (value ?? 0) < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
        return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) \(two(parts.hour)):\(two(parts.minute))"
    }
}
