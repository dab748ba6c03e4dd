/// What a plan's interval is counted in.
public struct IntervalUnit: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let days = IntervalUnit(rawValue: "days")
    public static let weeks = IntervalUnit(rawValue: "weeks")
    public static let months = IntervalUnit(rawValue: "months")

    public static let known: [Self] = [.days, .weeks, .months]
}

/// Where a due date goes on which nobody visits.
public struct MoveRule: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let next = MoveRule(rawValue: "next")
    public static let previous = MoveRule(rawValue: "previous")

    public static let known: [Self] = [.next, .previous]
}

/// What becomes of due dates that passed before anybody could open them.
public struct CatchUpRule: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Each gets its work order.
    public static let all = CatchUpRule(rawValue: "all")
    /// One work order at most, for the last of them; the others are skipped.
    public static let latest = CatchUpRule(rawValue: "latest")

    public static let known: [Self] = [.all, .latest]
}

/// Whether a maintenance plan opens work orders.
public struct MaintenancePlanStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let active = MaintenancePlanStatus(rawValue: "active")
    /// Its contract is not in force; it goes on when the contract is renewed.
    public static let paused = MaintenancePlanStatus(rawValue: "paused")
    public static let ended = MaintenancePlanStatus(rawValue: "ended")

    public static let known: [Self] = [.active, .paused, .ended]
}

/// What became of one due date of a plan, for one device.
public struct MaintenanceDueStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Its work order is about to be opened.
    public static let due = MaintenanceDueStatus(rawValue: "due")
    public static let opened = MaintenanceDueStatus(rawValue: "opened")
    public static let skipped = MaintenanceDueStatus(rawValue: "skipped")

    public static let known: [Self] = [.due, .opened, .skipped]
}
