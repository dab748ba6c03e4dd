/// How long it takes from one place to another: what is known of the roads where it is known, else great circle × 1.4 at
/// 30 km/h; by the hour of the week. Where coordinates lack, by how much of the region codes agree, at every hour.
///
/// A value: whoever decides keeps the one he began with, and is not surprised by what others learn meanwhile.
public struct TravelTimes: Sendable {
    let profile: SpeedProfile
    /// Ways that a table or a road service has told.
    public var known: KnownTravel?

    /// Nothing known, by China's wall clock.
    public static let estimate = TravelTimes()

    /// Where coordinates lack: within a region, within a city, beyond it, and where no region is known.
    public static let sameRegionMinutes = 20
    public static let sameCityMinutes = 40
    public static let elsewhereMinutes = 90
    public static let unknownMinutes = 30

    /// - Parameters:
    ///   - profile: by which hour a way takes how much longer or shorter.
    ///   - known: what wins over the estimate.
    public init(_ profile: SpeedProfile = .standard(), known: KnownTravel? = nil) {
        self.profile = profile
        self.known = known
    }

    /// Seconds, rounded up, for somebody who leaves at a moment, in seconds since 1970.
    public func seconds(from a: TravelPoint, to b: TravelPoint, leaving moment: Int) -> Int32 {
        guard a.hasCoordinates, b.hasCoordinates else { return Self.byRegion(a.region, b.region) }
        return Self.roundedUp(profile.duration(atMeanSpeed(a, b), leaving: moment))
    }

    /// Seconds, rounded up, for somebody who has to be there at a moment: how long before it he leaves.
    public func seconds(from a: TravelPoint, to b: TravelPoint, arriving moment: Int) -> Int32 {
        guard a.hasCoordinates, b.hasCoordinates else { return Self.byRegion(a.region, b.region) }
        return Self.roundedUp(profile.duration(atMeanSpeed(a, b), arriving: moment))
    }

    /// Seconds, rounded up, at the mean speed of working hours.
    public func seconds(from a: TravelPoint, to b: TravelPoint) -> Int32 {
        guard a.hasCoordinates, b.hasCoordinates else { return Self.byRegion(a.region, b.region) }
        return Self.roundedUp(atMeanSpeed(a, b))
    }

    /// What is known was found without a clock, over the day's mean; the mean speed is that of working hours.
    @inline(__always)
    private func atMeanSpeed(_ a: TravelPoint, _ b: TravelPoint) -> Double {
        if let known, let seconds = known.seconds(from: a.key, to: b.key) { return Double(seconds) / profile.meanPace }
        let square = a.squaredChord(to: b)
        // The arc over a chord c of the unit circle is c + c³/24 + …: exact to 1 m over 500 km.
        let kilometres = 6371.0 * square.squareRoot() * (1 + square / 24)
        return kilometres * Self.secondsPerKilometre
    }

    /// 1.4 of road at 30 km/h.
    private static let secondsPerKilometre = 1.4 * 120

    @inline(__always)
    private static func roundedUp(_ seconds: Double) -> Int32 {
        let whole = Int32(seconds)
        return Double(whole) < seconds ? whole + 1 : whole
    }

    private static func byRegion(_ a: RegionCode, _ b: RegionCode) -> Int32 {
        let minutes =
            if a.isEmpty || b.isEmpty {
                unknownMinutes
            } else if a.touches(b) {
                sameRegionMinutes
            } else {
                a.isSameCity(as: b) ? sameCityMinutes : elsewhereMinutes
            }
        return Int32(minutes * 60)
    }
}

/// Seconds of travel as scores count them: whole minutes, rounded up.
func wholeMinutes(_ seconds: Int32) -> Int { (Int(seconds) + 59) / 60 }
