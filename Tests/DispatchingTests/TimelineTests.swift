import DomainContracts
import Testing

@testable import Dispatching

struct TimelineTests {
    private let travel = TravelTimes.estimate
    private let home = TravelPoint(place())
    private let site = TravelPoint(place(4))
    private let next = TravelPoint(place(8))
    private let shift = Span(start: monday, end: monday + 10 * 3600)

    private func slots(_ timeline: Timeline, hours: Int = 1, in range: Span? = nil) -> [Slot] {
        // A window of five minutes begins with the visit.
        timeline.windows(
            of: 300, at: site, seconds: hours * 3600, in: range ?? shift, now: monday, grid: 300,
            price: SlotPrice(), travel: travel
        ).map { slot in
            var visit = slot
            visit.span.end = visit.span.start + hours * 3600
            return visit
        }
    }

    @Test(
        "every time that is offered lets him come from where he is and go on in time, at that hour", arguments: 8..<18)
    func feasible(hour: Int) {
        let before = Span(start: monday + 1800, end: monday + 3600)
        let after = Span(start: monday + (hour - 4) * 3600 + 1111, end: monday + (hour - 3) * 3600 + 1111)
        guard after.start >= before.end else { return }
        let timeline = Timeline(
            base: home, shifts: [Span(start: monday, end: monday + 16 * 3600)],
            stops: [.init(span: before, point: home), .init(span: after, point: next)])
        let between = slots(timeline, in: Span(start: before.end, end: after.start))
        for slot in between {
            let arrival = before.end + Int(travel.seconds(from: home, to: site, leaving: before.end))
            #expect(arrival <= slot.span.start)
            let onward = travel.seconds(from: site, to: next, leaving: slot.span.end)
            #expect(slot.span.end + Int(onward) <= after.start)
        }
        // Five minutes later than the latest he would be late.
        if let latest = between.map(\.span.end).max() {
            let late = latest + 300
            #expect(late + Int(travel.seconds(from: site, to: next, leaving: late)) > after.start)
        }
    }

    @Test("before a stop in rush hour he has to leave earlier than before the same stop at noon")
    func leavesEarlier() throws {
        func slack(_ hour: Int) throws -> Int {
            let stop = Span(start: monday + hour * 3600, end: monday + (hour + 1) * 3600)
            let long = Span(start: monday, end: monday + 12 * 3600)
            let timeline = Timeline(base: home, shifts: [long], stops: [.init(span: stop, point: next)])
            let day = Span(start: monday, end: stop.start)
            return stop.start - (try #require(slots(timeline, in: day).map(\.span.end).max()))
        }
        // 19 and 13 o'clock.
        #expect(try slack(11) > slack(5))
    }

    @Test("a way that nobody needs to begin yet is reckoned at the hour at which it will be begun")
    func leavesLater() throws {
        var decider = try Decider(
            try rules(#"{"name": "soon", "soft": [{"rule": "waiting", "cost": 1}]}"#), [person(1)])
        let noon = monday + 4 * 3600 + 1800
        let job = JobRequest(
            workOrderId: id(100), place: place(4), seconds: 3600, range: Span(start: noon, end: noon + 4 * 3600),
            priority: .p3)
        guard case .offer(let choice) = decider.decide(job).outcome else {
            Issue.record("nobody may go")
            return
        }
        #expect(choice.slot.span.start == noon)
        let seconds = travel.seconds(from: home, to: site, arriving: noon)
        #expect(choice.slot.travelMinutes == (Int(seconds) + 59) / 60)
        #expect(seconds + 120 < travel.seconds(from: home, to: site, leaving: monday))
    }

    @Test("each time of a long gap has the way of its own hour")
    func ownHour() throws {
        let all = slots(Timeline(base: home, shifts: [shift]))
        let first = try #require(all.min { $0.span.start < $1.span.start })
        let noon = try #require(all.first { $0.span.start == monday + 5 * 3600 })
        #expect(first.travelMinutes > noon.travelMinutes)
        #expect(all.first.map(\.detourMinutes) == all.map(\.detourMinutes).min())
    }

    @Test("a visit where he is anyway costs no way, at no hour, whenever his shift ends", arguments: [3, 6, 10])
    func noDetour(length: Int) {
        let shift = Span(start: monday, end: monday + length * 3600)
        for hour in 0..<length - 1 {
            let stop = Span(start: monday + hour * 3600, end: monday + hour * 3600 + 1800)
            let timeline = Timeline(base: home, shifts: [shift], stops: [.init(span: stop, point: site)])
            let after = slots(timeline, in: Span(start: stop.end, end: shift.end))
            #expect(after.allSatisfy { $0.detourMinutes == 0 && $0.travelMinutes == 0 })
        }
    }
}
