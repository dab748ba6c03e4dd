/// How far ahead the days of a branch are planned, and what a change has to be worth. Seconds.
public enum DayPlanning {
    /// Visits beyond it are left where they are.
    public static let horizonSeconds = 36 * 3600
    /// Visits that begin sooner stay as they are: engineers are on their way, customers at the door.
    public static let frozenSeconds = 3600
    private static let soonSeconds = 2 * 3600
    /// A plan that saves less is not worth anybody's attention.
    public static let leastGainSeconds = 10 * 60
    /// Planned times lie on it where nothing is in the way.
    public static let gridSeconds = 5 * 60
    /// How long somebody is at his depot who fetches something there.
    static let fetchSeconds = 10 * 60
    /// The way home is his own time, but part of what a day costs.
    static let wayHomeSeconds = 90 * 60
    /// Visits and ends of shifts that are planned together: all their ways from one to another have to be held.
    static let mostPlaces = 1_500
    /// Of a thousand seconds that somebody is home later than his shift ends.
    static let overtimePrice: Int32 = 500
    private static let tellingSeconds = 10 * 60

    /// Travel that is worth giving a visit that begins so many seconds ahead to another engineer: both have to be told, and he
    /// to agree. What is still far off may look different by then, and would have been told for nothing.
    static func handOverSeconds(ahead: Int) -> Int { ahead < soonSeconds ? 10 * 60 : 30 * 60 }

    /// Whether a time that differs so much from the one that an engineer knows is worth telling.
    public static func isWorthTelling(_ difference: Int) -> Bool { abs(difference) >= tellingSeconds }
}
