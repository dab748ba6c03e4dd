import FoundationEssentials

extension BusinessCalendar {
    /// The day that the zone's clocks show.
    func day(of date: Date) -> CalendarDay { CalendarDay(date, offset: offset(at: date)) }

    /// When the zone's clocks show so many minutes after midnight of a day; where they are set on over it, right after.
    func moment(_ day: CalendarDay, minute: Int = 0) -> Date {
        let local = day.start(offset: 0) + Double(minute * 60)
        // The offset a day before is the one before any change of that night.
        let early = local - Double(offset(at: local - 86_400))
        let late = local - Double(offset(at: early))
        return offset(at: late) == offset(at: early) ? late : early
    }

    private func offset(at date: Date) -> Int {
        zone.stretches(from: date.timeIntervalSince1970).first?.offset ?? 0
    }
}

extension CalendarDay {
    func adding(days: Int) -> CalendarDay { CalendarDay(number: number + days) }
}
