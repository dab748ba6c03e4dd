extension SpeedProfile {
    /// A city's day: slow into work and out of it, fast at night. From 8 to 18 o'clock a way takes on average what it takes
    /// at the mean speed, on every day of the week; so figures compare with those made at that speed throughout.
    public static func standard(utcOffsetMinutes: Int = chinaOffsetMinutes) -> SpeedProfile {
        SpeedProfile(weekday: weekday, weekend: weekend, utcOffsetMinutes: utcOffsetMinutes)
    }

    /// Of China's wall clock from UTC.
    public static let chinaOffsetMinutes = 480

    private static let weekday = [
        60, 55, 55, 55, 55, 60, 80, 120,  // 0 to 7 o'clock
        130, 110, 95, 90, 85, 85, 90, 95, 100, 120,  // 8 to 17 o'clock: 1,000 together
        125, 105, 90, 80, 70, 65,  // 18 to 23 o'clock
    ]

    private static let weekend = [
        65, 60, 55, 55, 55, 55, 60, 70,
        80, 95, 105, 105, 100, 100, 105, 105, 105, 100,
        100, 95, 90, 80, 75, 65,
    ]
}
