import Dispatching
import Testing

struct TravelTimesTests {
    private let home = TravelPoint(place())
    private let site = TravelPoint(place(5))

    private func knowing(_ seconds: Int32?, from: TravelPoint, to: TravelPoint) throws -> TravelTimes {
        var known = KnownTravel(capacity: 10)
        known.learn(seconds, from: try #require(from.cell), to: try #require(to.cell))
        return TravelTimes(known: known)
    }

    @Test("farther is longer, at every hour")
    func monotone() {
        let travel = TravelTimes.estimate
        for moment in stride(from: monday, to: monday + 86_400, by: 1_234) {
            let ways = (0..<40).map { travel.seconds(from: home, to: TravelPoint(place($0)), leaving: moment) }
            #expect(ways == ways.sorted() && Set(ways).count == 40)
        }
    }

    @Test("there and back take the same at the mean speed, and not at the hours at which people go")
    func symmetry() {
        let travel = TravelTimes.estimate
        #expect(travel.seconds(from: home, to: site) == travel.seconds(from: site, to: home))
        let there = travel.seconds(from: home, to: site, leaving: monday)
        #expect(travel.seconds(from: site, to: home, leaving: monday + 4 * 3600) < there)
    }

    @Test("a way that is known wins over the estimate, in its own direction, and only it")
    func known() throws {
        let travel = try knowing(3_600, from: home, to: site)
        let estimate = TravelTimes.estimate
        #expect(travel.seconds(from: home, to: site, leaving: monday) > 3_600)
        #expect(
            travel.seconds(from: site, to: home, leaving: monday)
                == estimate.seconds(from: site, to: home, leaving: monday))
        // Five metres off it is the same place, a hundred metres off another.
        let near = TravelPoint(Place(latitude: 31_230_040, longitude: 121_470_000))
        let off = TravelPoint(Place(latitude: 31_231_000, longitude: 121_470_000))
        #expect(travel.seconds(from: near, to: site, leaving: monday) > 3_600)
        #expect(travel.seconds(from: off, to: site, leaving: monday) < 3_600)
    }

    @Test("what is known was found without a clock: it is the mean of the week, slower in rush hour, faster at night")
    func scaled() throws {
        let travel = try knowing(60, from: home, to: site)
        let week = stride(from: monday, to: monday + 7 * 86_400, by: 300).map {
            Double(travel.seconds(from: home, to: site, leaving: $0)) - 0.5
        }
        #expect(abs(week.reduce(0, +) / Double(week.count) - 60) < 1)
        #expect(travel.seconds(from: home, to: site, leaving: monday) > 80)
        #expect(travel.seconds(from: home, to: site, leaving: monday - 5 * 3600) < 45)
    }

    @Test("where there is no road the estimate holds")
    func noRoad() throws {
        let travel = try knowing(nil, from: home, to: site)
        #expect(
            travel.seconds(from: home, to: site, leaving: monday)
                == TravelTimes.estimate.seconds(from: home, to: site, leaving: monday))
    }

    @Test("between regions without coordinates every hour is alike")
    func regions() {
        let travel = TravelTimes.estimate
        func minutes(_ a: String?, _ b: String, _ moment: Int) -> Int32 {
            travel.seconds(from: TravelPoint(Place(region: a)), to: TravelPoint(Place(region: b)), arriving: moment)
                / 60
        }
        for moment in [monday, monday + 4 * 3600, monday + 18 * 3600] {
            #expect(minutes("3101", "310104", moment) == 20)
            #expect(minutes("310101", "310104", moment) == 40)
            #expect(minutes("310101", "320104", moment) == 90)
            #expect(minutes(nil, "320104", moment) == 30)
        }
    }

    @Test("a decision goes by the road that is known: who is near as the crow flies may be far")
    func decides() throws {
        let people = [person(1, at: place(1)), person(2, at: place(6))]
        let travelOnly = #"{"name": "travel", "soft": [{"rule": "travel", "cost": 1}]}"#
        var decider = try Decider(try rules(travelOnly), people)
        let job = request()
        #expect(decider.decide(job).chosen == id(1))
        var known = KnownTravel(capacity: 10)
        // A river lies between.
        for (from, to) in [(place(1), place()), (place(), place(1))] {
            known.learn(5_400, from: try cell(from), to: try cell(to))
        }
        var board = Board(
            decider.roster, range: Board.range(for: [job], now: monday), travel: TravelTimes(known: known))
        #expect(decider.decide(job, on: &board, now: monday).chosen == id(2))
    }

    private func cell(_ place: Place) throws -> TravelCell { try #require(TravelPoint(place).cell) }
}
