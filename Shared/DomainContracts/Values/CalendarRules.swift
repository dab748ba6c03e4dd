/// A business calendar 工作日历 as people write it: when promised time runs. docs/sla.md explains each part.
public struct CalendarRules: Codable, Sendable, Hashable {
    /// An IANA name, such as `Asia/Shanghai`: where its days and hours are.
    public var zone: String
    /// Absent: time always runs. Weekdays that no entry names are free.
    public var week: [CalendarWeekdays]?
    /// Public holidays and make-up working days 法定节假日、调休 that come with Mendloop: `cn`.
    public var holidays: String?
    /// The weekday, 1 Monday … 7 Sunday, whose shifts hold on a make-up day of `holidays`; 1 when absent.
    public var makeUpLike: Int?
    /// Days of the company's own; they go before `holidays`.
    public var exceptions: [CalendarException]

    public init(
        zone: String, week: [CalendarWeekdays]? = nil, holidays: String? = nil, makeUpLike: Int? = nil,
        exceptions: [CalendarException] = []
    ) {
        self.zone = zone
        self.week = week
        self.holidays = holidays
        self.makeUpLike = makeUpLike
        self.exceptions = exceptions
    }
}

/// The shifts of some weekdays.
public struct CalendarWeekdays: Codable, Sendable, Hashable {
    /// 1 Monday … 7 Sunday.
    public var weekdays: [Int]
    /// In order, on the clock of the calendar's zone: `09:00-12:00`; the day ends at `24:00`.
    public var shifts: [String]

    public init(weekdays: [Int], shifts: [String]) {
        self.weekdays = weekdays
        self.shifts = shifts
    }
}

/// A day that differs from its weekday.
public struct CalendarException: Codable, Sendable, Hashable {
    /// `2026-02-14`
    public var date: String
    /// Its own shifts; with none, and without `like`, nobody works.
    public var shifts: [String]
    /// The weekday, 1 Monday … 7 Sunday, whose shifts hold.
    public var like: Int?
    /// What people call the day.
    public var name: String?

    public init(date: String, shifts: [String] = [], like: Int? = nil, name: String? = nil) {
        self.date = date
        self.shifts = shifts
        self.like = like
        self.name = name
    }
}
