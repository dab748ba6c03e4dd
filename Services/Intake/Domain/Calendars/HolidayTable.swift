import FoundationEssentials

/// Public holidays 法定节假日 and make-up working days 调休 that come with Mendloop. Tools/Calendars writes the files and
/// names their sources.
struct HolidayTable: Sendable {
    struct Day: Sendable, Equatable {
        let day: CalendarDay
        /// A weekend day on which people work.
        let isMakeUp: Bool
        let name: String
    }

    /// In order.
    let days: [Day]

    static let cn = HolidayTable(csv: PackageResources.holidays_cn_csv)
    static let known = ["cn": cn]

    /// Grows when a newer Mendloop knows another year: open clocks are reckoned anew then.
    static let edition = known.values.compactMap { $0.days.last?.day.civil.year }.max() ?? 0

    /// The last day of the last year that it knows.
    var knownThrough: CalendarDay? {
        days.last.map { CalendarDay(year: $0.day.civil.year, month: 12, day: 31) }
    }

    private init(csv: [UInt8]) {
        days = String(decoding: csv, as: UTF8.self).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ",")
            guard fields.count == 3, let day = CalendarDay(String(fields[0])) else { return nil }
            return Day(day: day, isMakeUp: fields[1] == "work", name: String(fields[2]))
        }
    }
}
