import DomainContracts
import FoundationEssentials

extension CalendarRules {
    /// The days from `first` on that differ from their weekday, in order: the official ones, and over them the company's own.
    func exceptions(from first: CalendarDay) -> [CalendarException] {
        let official = holidays.flatMap { HolidayTable.known[$0]?.days } ?? []
        var days = Dictionary(
            official.map { holiday in
                let like = holiday.isMakeUp ? makeUpLike ?? 1 : nil
                return (holiday.day, CalendarException(date: holiday.day.text, like: like, name: holiday.name))
            }, uniquingKeysWith: { $1 })
        for exception in exceptions {
            if let day = CalendarDay(exception.date) { days[day] = exception }
        }
        return days.filter { $0.key >= first }.sorted { $0.key < $1.key }.map(\.value)
    }
}
