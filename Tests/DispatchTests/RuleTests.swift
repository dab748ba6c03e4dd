import Dispatching
import DomainContracts
import Foundation
import Testing

@testable import DispatchService

struct RuleTests {
    func decide(
        _ job: Job, _ engineers: [(Int, Engineer)], booked: [(Int, TimeWindow)] = [], now: Date = monday,
        rules: DispatchRules = RuleSet.standardDocument
    ) -> Decision? {
        verdicts(
            on: [(uuid(100), job)], Roster(engineers.map { $0.1.person(uuid($0.0), at: monday) }),
            booked.map { (uuid($0.0), stop($0.1, at: job.place)) }, now: now.epoch, rules
        ).first?.decision
    }

    func chosen(
        _ job: Job, _ engineers: [(Int, Engineer)], booked: [(Int, TimeWindow)] = [], now: Date = monday,
        rules: DispatchRules = RuleSet.standardDocument
    ) -> Decision.Choice? {
        if case .offer(let choice) = decide(job, engineers, booked: booked, now: now, rules: rules)?.outcome {
            return choice
        }
        return nil
    }

    func impasse(
        _ job: Job, _ engineers: [(Int, Engineer)], rules: DispatchRules = RuleSet.standardDocument
    ) -> Decision.Deadlock? {
        if case .impossible(let deadlock) = decide(job, engineers, rules: rules)?.outcome { return deadlock }
        return nil
    }

    @Test("a free engineer gets the first window that leaves him time to accept and to travel")
    func earliest() throws {
        let choice = try #require(chosen(job(), [(1, engineer(1))]))
        #expect(choice.engineerId == uuid(1))
        #expect(choice.slot.span.window == window(1, 2))
    }

    @Test("a window never begins before the shift, nor ends after it")
    func shifts() throws {
        let evening = try #require(chosen(job(), [(1, engineer(1))], now: hours(7.5)))
        #expect(evening.slot.span.window == window(24, 25))
        let saturdayEvening = try #require(chosen(job(), [(1, engineer(1))], now: hours(5 * 24 + 9)))
        #expect(saturdayEvening.slot.span.window == window(7 * 24, 7 * 24 + 1))
    }

    @Test("travel lies between two visits, on both sides")
    func travelGaps() throws {
        // 0.1° of latitude is 11.1 km: 31 minutes of road at the mean speed.
        var far = opened()
        far.location = Coordinates(latitude: 31.33, longitude: 121.47, crs: .wgs84)
        let here = job().place
        let verdict = verdicts(
            on: [(uuid(100), job(far))], Roster([engineer(1).person(uuid(1), at: monday)]),
            [(uuid(1), stop(window(0, 1), at: here)), (uuid(1), stop(window(3, 4), at: here))], now: monday.epoch
        ).first
        guard case .offer(let choice) = verdict?.decision.outcome else {
            Issue.record("nobody may go")
            return
        }
        // 09:00 + 35 min → 09:45 to 10:45 leaves no 30 minutes before 11:00: only after 12:00 + 27 min, at noon.
        #expect(choice.slot.span.window == window(4.5, 5.5))
        #expect(choice.slot.travelMinutes == 27)
    }

    @Test(
        "each hard rule keeps an engineer out, and is named",
        arguments: [
            ("skill", engineer(1, skills: [SkillLevel(skill: "aircon", level: 1)])),
            ("skill", engineer(1, skills: [SkillLevel(skill: "aircon", level: 3, validUntil: monday)])),
            ("product_line", engineer(1, productLines: ["fridge"])),
            ("territory", engineer(1, regions: ["32"])), ("shift", engineer(1, shifts: nil)),
            (
                "no_free_time",
                engineer(
                    1,
                    shifts: ShiftPattern(
                        utcOffsetMinutes: 480,
                        weekly: [
                            WeekdayShift(weekday: 1, startMinute: 480, endMinute: 500)
                        ]))
            ),
        ] as [(String, Engineer)])
    func hardRules(rule: String, engineer: Engineer) throws {
        let deadlock = try #require(impasse(job(), [(1, engineer)]))
        #expect(deadlock.emptiedBy == rule)
        #expect(deadlock.candidates == 1)
        #expect(deadlock.nearestRelaxation?.code == "relax_\(rule)")
        #expect(deadlock.nearestRelaxation?.parameters["engineerId"] == uuid(1).uuidString.lowercased())
    }

    @Test("a skill counts as long as it lasts: nobody is sent after its end")
    func skillEnds() throws {
        func lasting(_ end: Double) -> Engineer {
            engineer(1, skills: [SkillLevel(skill: "aircon", level: 3, validUntil: hours(end))])
        }
        let tomorrow = need(windows: [window(25, 27)])
        #expect(chosen(job(opened(need: tomorrow)), [(1, lasting(48))])?.slot.span.window == window(25, 26))
        // Today he may still go, tomorrow not any more: the wish cannot be met.
        let soon = try #require(chosen(job(opened(need: tomorrow)), [(1, lasting(24.5))]))
        #expect(soon.slot.span.end <= hours(24.5).epoch)
        // It lasts until a little later on the same day: there is time for it.
        #expect(chosen(job(), [(1, lasting(4))])?.slot.span.end ?? .max <= hours(4).epoch)
        // It ends before he could have done it: that is what is named, not his calendar.
        let short = try #require(impasse(job(), [(1, lasting(1.5))]))
        #expect(short.emptiedBy == "skill" && short.nearestRelaxation?.code == "relax_skill")
        #expect(short.nearestRelaxation?.parameters["validUntil"] == RFC3339.format(hours(1.5)))
        let late = try #require(impasse(job(), [(1, lasting(-1))]))
        #expect(late.nearestRelaxation?.parameters["validUntil"] == RFC3339.format(hours(-1)))
        #expect(late.nearestRelaxation?.parameters["skill"] == "aircon")
    }

    @Test("nobody is given more visits in a shift than he makes; the next shift has room")
    func visitsPerDay() throws {
        var busy = engineer(1)
        busy.visitsPerDay = 2
        let jobs = (100..<103).map { (id: uuid($0), job: job(opened($0))) }
        let starts = verdicts(on: jobs, Roster([busy.person(uuid(1), at: monday)]), now: monday.epoch).compactMap {
            if case .offer(let choice) = $0.decision.outcome { choice.slot.span.start } else { nil }
        }
        #expect(starts == [hours(1).epoch, hours(2).epoch, hours(24).epoch])
    }

    @Test("visits a day are those of the day, also where an absence or a split shift cuts it in pieces")
    func visitsOfSplitDay() throws {
        let split = (1...6).flatMap { day in
            [
                WeekdayShift(weekday: day, startMinute: 480, endMinute: 720),
                WeekdayShift(weekday: day, startMinute: 840, endMinute: 1080),
            ]
        }
        var busy = engineer(1, shifts: ShiftPattern(utcOffsetMinutes: 480, weekly: split))
        busy.visitsPerDay = 2
        busy.absences = [Absence(window: window(2, 2.5), kind: .leave)]
        let jobs = (100..<103).map { (id: uuid($0), job: job(opened($0))) }
        let starts = verdicts(on: jobs, Roster([busy.person(uuid(1), at: monday)]), now: monday.epoch).compactMap {
            if case .offer(let choice) = $0.decision.outcome { choice.slot.span.start } else { nil }
        }
        #expect(starts == [hours(1).epoch, hours(2.5).epoch, hours(24).epoch])
    }

    @Test("product lines, tools and partners are there for rules to read; what has ended is no fact")
    func facts() throws {
        var command = registration(1, skills: [SkillLevel(skill: "aircon", level: 3, validUntil: hours(1))])
        command.productLines = ["aircon"]
        command.tools = ["lift"]
        command.partner = "宏达"
        let facts = { (moment: Date) in Engineer(command).person(uuid(1), at: moment).facts }
        #expect(facts(monday).at("skills.aircon") == .int(3) && facts(hours(2)).at("skills.aircon") == nil)
        #expect(facts(monday).at("productLines.0") == .string("aircon"))
        #expect(facts(monday).at("tools.0") == .string("lift"))
        #expect(facts(monday).at("partner") == .string("宏达"))
        let lines = ["aircon", "fridge"].map { engineer(1, productLines: [$0]) }
        #expect(chosen(job(), [(1, lines[0])]) != nil && chosen(job(), [(1, lines[1])]) == nil)
    }

    @Test("who is excluded or was tried in this round is not offered the job")
    func excludedAndTried() throws {
        var tried = job()
        tried.tried = [uuid(1)]
        #expect(try #require(impasse(tried, [(1, engineer(1))])).emptiedBy == "tried")
        let excluded = job(opened(need: need(excluded: [1])))
        #expect(try #require(impasse(excluded, [(1, engineer(1))])).emptiedBy == "excluded")
        #expect(chosen(excluded, [(1, engineer(1)), (2, engineer(2))])?.engineerId == uuid(2))
    }

    @Test("without engineers the answer says to register one")
    func nobody() throws {
        let deadlock = try #require(impasse(job(), []))
        #expect(deadlock.emptiedBy == "no_engineers")
        #expect(deadlock.nearestRelaxation?.code == "register-engineer")
    }

    @Test("the nearest relaxation is the smallest: asking again comes before teaching")
    func nearest() throws {
        var tried = job()
        tried.tried = [uuid(2)]
        let untaught = engineer(1, skills: [])
        let deadlock = try #require(impasse(tried, [(1, untaught), (2, engineer(2))]))
        #expect(deadlock.nearestRelaxation?.code == "relax_tried")
    }

    @Test("the nearer engineer wins, and the explanation counts every other")
    func explanation() throws {
        var home = registration(1)
        home.home = Coordinates(latitude: 31.33, longitude: 121.47, crs: .wgs84)
        let away = Engineer(home, shifts: dayShift)
        let choice = try #require(
            chosen(job(), [(1, away), (2, engineer(2)), (3, engineer(3, regions: ["32"]))]))
        #expect(choice.engineerId == uuid(2))
        #expect(choice.explanation.considered == 3)
        #expect(choice.explanation.excluded == [RuleExclusion(rule: "territory", count: 1)])
        #expect(choice.explanation.ranking.map(\.engineerId) == [uuid(2), uuid(1)])
        for score in choice.explanation.ranking {
            #expect(score.total == score.terms.reduce(0) { $0 + $1.cost })
        }
        #expect(choice.explanation.manual == false)
    }

    @Test("the preferred engineer comes first if he can")
    func preferred() {
        let wanted = job(opened(need: need(preferred: 2)))
        let both = [(1, engineer(1)), (2, engineer(2))]
        #expect(chosen(wanted, both, booked: [(2, window(0, 9))])?.engineerId == uuid(2))
        #expect(chosen(wanted, [(1, engineer(1)), (2, engineer(2, regions: ["32"]))])?.engineerId == uuid(1))
    }

    @Test("a wished window is met where somebody can")
    func wishes() {
        let wish = window(29, 32)
        let choice = chosen(job(opened(need: need(windows: [wish]))), [(1, engineer(1))])
        #expect(choice?.slot.span.window == window(29, 30))
    }

    @Test(
        "within a window a visit begins: it may be longer than the window, and begin late in it", arguments: [120, 180])
    func longVisit(minutes: Int) {
        let wish = window(25, 27)
        let wanted = job(opened(need: need(windows: [wish], minutes: minutes)))
        let busy = window(24, 25.75)
        #expect(chosen(wanted, [(1, engineer(1))], booked: [(1, busy)])?.slot.span.start == hours(25.75).epoch)
        // A quarter of an hour of the window is left for what comes between.
        let late = window(24, 26.8)
        let other = chosen(wanted, [(1, engineer(1))], booked: [(1, late)])
        #expect(other.map { !Span(wish).contains($0.slot.span.start) } == true)
    }

    @Test("not before means not before, even beyond the horizon")
    func notBefore() {
        var later = need()
        later.notBefore = hours(21 * 24 + 2)
        #expect(chosen(job(opened(need: later)), [(1, engineer(1))])?.slot.span.window == window(506, 507))
    }

    @Test("jobs decided together never overlap, and equal engineers share them")
    func together() {
        let roster = Roster((1...3).map { engineer($0).person(uuid($0), at: monday) })
        let jobs = (100..<130).map { (id: uuid($0), job: job(opened($0))) }
        var calendars: [UUID: [Span]] = [:]
        for verdict in verdicts(on: jobs, roster, now: monday.epoch) {
            guard case .offer(let choice) = verdict.decision.outcome else {
                Issue.record("nobody may go")
                continue
            }
            #expect(!calendars[choice.engineerId, default: []].contains { $0.overlaps(choice.slot.span) })
            calendars[choice.engineerId, default: []].append(choice.slot.span)
        }
        #expect(calendars.values.map(\.count).sorted() == [10, 10, 10])
    }

    @Test("the same question gets the same answer, whatever order engineers come in")
    func deterministic() {
        let people = (1...9).map { ($0, engineer($0)) }
        let first = chosen(job(), people)
        #expect(first?.engineerId == chosen(job(), people.reversed())?.engineerId)
        #expect(first?.engineerId == (1...9).map(uuid).min { $0.uuidString < $1.uuidString })
    }

    @Test("shifts that cross midnight or meet are one, whatever the offset")
    func shiftPattern() {
        let night = ShiftPattern(
            utcOffsetMinutes: -300,
            weekly: [
                WeekdayShift(weekday: 7, startMinute: 1320, endMinute: 1800),
                WeekdayShift(weekday: 1, startMinute: 360, endMinute: 420),
            ])
        // Sunday 22:00 to Monday 06:00 five hours west is Monday 03:00 to 11:00 UTC; it meets 06:00–07:00.
        #expect(night.spans(in: Span(window(0, 48))) == [Span(window(3, 12))])
    }

    @Test("distance is the great circle's")
    func distance() {
        let beijing = TravelPoint(Place(latitude: 39_904_200, longitude: 116_407_400))
        let shanghai = TravelPoint(Place(latitude: 31_230_400, longitude: 121_473_700))
        let travel = TravelTimes.estimate
        // 1,067 km × 1.4 at 30 km/h.
        #expect((2985 * 60...2992 * 60).contains(travel.seconds(from: beijing, to: shanghai)))
        #expect(travel.seconds(from: shanghai, to: shanghai) == 0)
        func byRegion(_ a: String, _ b: String) -> Int32 {
            travel.seconds(from: TravelPoint(Place(region: a)), to: TravelPoint(Place(region: b)), leaving: 0)
        }
        #expect(byRegion("310101", "31") == 20 * 60)
        #expect(byRegion("310101", "320101") == 90 * 60)
    }
}
