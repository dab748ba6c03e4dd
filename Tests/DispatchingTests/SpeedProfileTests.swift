import Dispatching
import Testing

struct SpeedProfileTests {
    private let travel = TravelTimes.estimate
    private let home = TravelPoint(place())
    private let site = TravelPoint(place(5))
    /// Saturday, 2026-11-21, 00:00 in China.
    private let saturday = monday - 8 * 3600 + 5 * 86_400

    private func minutes(_ day: Int = monday - 8 * 3600, at hour: Int) -> Double {
        Double(travel.seconds(from: home, to: site, leaving: day + hour * 3600)) / 60
    }

    @Test("in rush hour a way takes longer than at noon, and at noon longer than at night")
    func rushHour() {
        #expect(minutes(at: 8) > minutes(at: 12) * 1.3)
        #expect(minutes(at: 17) > minutes(at: 12) * 1.3)
        #expect(minutes(at: 12) > minutes(at: 3) * 1.3)
        #expect(minutes(saturday, at: 8) < minutes(at: 8))
    }

    @Test("over working hours a way takes on average what it takes at the mean speed", arguments: [0, 5])
    func mean(day: Int) {
        let midnight = monday - 8 * 3600 + day * 86_400
        // A minute of road, so that hardly a way reaches into the next hour.
        let near = TravelPoint(Place(latitude: 31_233_210, longitude: 121_470_000))
        let starts = stride(from: midnight + 8 * 3600, to: midnight + 18 * 3600, by: 60)
        let sum = starts.reduce(0) { $0 + Int(travel.seconds(from: home, to: near, leaving: $1)) }
        // Each is rounded up to a whole second.
        let mean = Double(sum) / 600 - 0.5
        #expect(abs(mean - 60) < 1)
        #expect(travel.seconds(from: home, to: near) == 60)
    }

    @Test("the hours are those of the wall clock that is configured")
    func offset() {
        let west = TravelTimes(.standard(utcOffsetMinutes: -300))
        let east = travel.seconds(from: home, to: site, leaving: monday)
        #expect(west.seconds(from: home, to: site, leaving: monday + 13 * 3600) == east)
        #expect(west.seconds(from: home, to: site, leaving: monday) != east)
    }

    @Test("whoever leaves later is not there sooner, whatever the hours between", arguments: [1, 5, 30, 2_000])
    func firstInFirstOut(north: Int) {
        let far = TravelPoint(place(north))
        let arrivals = stride(from: monday, to: monday + 7 * 86_400, by: 411).map {
            $0 + Int(travel.seconds(from: home, to: far, leaving: $0))
        }
        #expect(arrivals == arrivals.sorted())
    }

    @Test("whoever leaves as late as may be is just in time", arguments: [1, 5, 30, 2_000])
    func backwards(north: Int) {
        let far = TravelPoint(place(north))
        let early = stride(from: monday, to: monday + 7 * 86_400, by: 900).map { due in
            let left = due - Int(travel.seconds(from: home, to: far, arriving: due))
            return due - left - Int(travel.seconds(from: home, to: far, leaving: left))
        }
        #expect(early.allSatisfy { (0...4).contains($0) })
    }

    @Test("weeks on the road are reckoned too")
    func weeks() {
        let antipode = TravelPoint(Place(latitude: -31_230_000, longitude: -58_530_000))
        let mean = Double(travel.seconds(from: home, to: antipode))
        let byHour = Double(travel.seconds(from: home, to: antipode, leaving: monday))
        #expect(mean > 3 * 7 * 86_400)
        #expect(abs(byHour / Double(travel.seconds(from: home, to: antipode, arriving: monday)) - 1) < 0.05)
        #expect((0.7...0.9).contains(byHour / mean))
    }
}
