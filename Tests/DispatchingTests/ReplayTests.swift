import Dispatching
import DomainContracts
import Testing

struct ReplayTests {
    private let people = (1...6).map { person(UInt8($0), at: place($0 * 3)) }
    private let arrivals = (0..<60).map { number in
        Replay.Arrival(
            number: "WO-\(number)", at: monday + number * 900,
            job: request(
                UInt8(number + 100), at: place(number * 7 % 20), due: monday + number * 900 + 4 * 3600,
                now: monday + number * 900))
    }

    @Test("the same rules give the same result: what differs between two runs is due to the rules")
    func same() throws {
        let replay = Replay(roster: Roster(people), arrivals: arrivals, booked: [], travel: .estimate)
        let standard = try RuleSet(RuleSet.standardDocument, version: 1)
        let (a, b) = (replay.run(standard), replay.run(standard))
        #expect(a.engineers == b.engineers && a.outcome == b.outcome)
        #expect(a.outcome.assigned == 60 && a.outcome.arrivalsDue == 60)
        #expect(a.load.values.reduce(0) { $0 + $1.visits } == 60)
    }

    @Test("rules by which travel is dearer travel less, and let people wait longer")
    func dearTravel() throws {
        let replay = Replay(roster: Roster(people), arrivals: arrivals, booked: [], travel: .estimate)
        let standard = replay.run(try RuleSet(RuleSet.standardDocument, version: 1)).outcome
        let dear = try rules(
            #"{"name": "dear", "soft": [{"rule": "travel", "cost": 100}, {"rule": "waiting", "cost": 1}]}"#)
        let sparing = replay.run(try RuleSet(dear, version: 2)).outcome
        #expect(sparing.travelMinutes < standard.travelMinutes)
        #expect(sparing.meanWaitMinutes > standard.meanWaitMinutes)
    }

    @Test("what was booked before is in the way")
    func booked() throws {
        let all = Roster([person(1)])
        let busy = Timeline.Stop(
            span: Span(start: monday, end: monday + 5 * 86_400), point: TravelPoint(place()))
        let replay = Replay(
            roster: all, arrivals: Array(arrivals.prefix(1)), booked: [(id(1), busy)],
            travel: .estimate)
        let result = replay.run(try RuleSet(RuleSet.standardDocument, version: 1))
        #expect(result.engineers == [nil] && result.outcome.impossible == 1)
    }
}
