import DomainContracts
import FoundationEssentials

/// A calendar as a clock keeps it: its name and which version.
struct CalendarRef: Hashable, Sendable, Codable {
    let name: String
    let version: Int

    init(name: String, version: Int) {
        self.name = name
        self.version = version
    }

    private enum CodingKeys: CodingKey { case name, version }

    /// Work orders of before there were versions hold the name alone: it was the first one.
    init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            self.init(name: name, version: 1)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            version: try container.decode(Int.self, forKey: .version))
    }
}

/// A business calendar 工作日历 as it was set; never changed.
struct CalendarVersion: Codable, Sendable, Equatable {
    let name: String
    let calendarVersion: Int
    let rules: CalendarRules
    /// Nil for those that come with Mendloop.
    var changedAt: Date?
    var changedBy: String?

    var ref: CalendarRef { CalendarRef(name: name, version: calendarVersion) }
}

/// The calendars that a decision or an answer reckons with.
struct Calendars: Sendable {
    private var known: [CalendarRef: BusinessCalendar] = [:]

    /// One that is not there yet stands for all time: the decision that asked is made again once it is loaded.
    subscript(ref: CalendarRef) -> BusinessCalendar { known[ref] ?? .always }

    mutating func add(_ calendar: BusinessCalendar, as ref: CalendarRef) { known[ref] = calendar }
}

extension BusinessCalendar {
    static let always = BusinessCalendar(zone: .utc, week: nil, exceptions: [])
}
