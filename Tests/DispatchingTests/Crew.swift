import Dispatching
import DomainContracts
import Foundation

/// Monday, 2026-11-16, 08:00 in China.
let monday = 1_794_787_200

func id(_ number: UInt8) -> UUID { UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number)) }

/// 0.01° of latitude is 3.1 minutes of road.
func place(_ north: Int = 0, region: String? = "310101") -> Place {
    Place(latitude: 31_230_000 + north * 10_000, longitude: 121_470_000, region: region)
}

/// When somebody is back at 0 who leaves it at a moment for a depot, and is there for ten minutes.
func fetched(by depot: Int, leaving moment: Int) -> Int {
    let (home, store) = (TravelPoint(place()), TravelPoint(place(depot)))
    let leaves = moment + Int(TravelTimes.estimate.seconds(from: home, to: store, leaving: moment)) + 600
    return leaves + Int(TravelTimes.estimate.seconds(from: store, to: home, leaving: leaves))
}

func person(
    _ number: UInt8, at home: Place = place(), skills: [String: Int] = ["hvac": 3], grade: String = "engineer",
    regions: [String] = [], lunch: (hour: Double, hours: Double)? = nil
) -> Person {
    let levels = skills.map { SkillLevel(skill: $0.key, level: $0.value) }
    return Person(
        id: id(number), base: home, regionCodes: regions, skills: levels,
        shifts: ShiftPattern(
            utcOffsetMinutes: 480,
            weekly: (1...5).map {
                WeekdayShift(
                    weekday: $0, startMinute: 480, endMinute: 1020, breakStartMinute: lunch.map { Int($0.hour * 60) },
                    breakMinutes: lunch.map { Int($0.hours * 60) })
            }),
        facts: .object(["grade": .string(grade), "skills": Facts.skills(levels)]))
}

func request(
    _ number: UInt8 = 100, at site: Place = place(), priority: Priority = .p3, due: Int? = nil,
    facts: [String: JSONValue] = [:], now: Int = monday
) -> JobRequest {
    JobRequest(
        workOrderId: id(number), place: site, seconds: 3600,
        range: Span(start: now + 3600, end: now + Planning.horizonSeconds), dueAt: due, priority: priority,
        facts: .object([
            "workOrder": .object(
                ["priority": .string(priority.rawValue)].merging(facts) { $1 })
        ]))
}

func rules(_ json: String) throws -> DispatchRules {
    try WireJSON.decoder().decode(DispatchRules.self, from: Data(json.utf8))
}

extension Decider {
    init(_ document: DispatchRules, _ people: [Person]) throws {
        self.init(CompiledRules(try RuleSet(document, version: 7), Roster(people)))
    }

    /// Decides on an empty board.
    mutating func decide(_ job: JobRequest) -> Decision {
        var board = Board(roster, range: Board.range(for: [job], now: monday), travel: .estimate)
        return decide(job, on: &board, now: monday)
    }
}

extension Decision {
    var chosen: UUID? {
        if case .offer(let choice) = outcome { return choice.engineerId }
        return nil
    }

    /// By engineer, the rule that excludes him.
    var excludedBy: [UUID: String] {
        var rules: [UUID: String] = [:]
        for (member, rule) in findings.brokenBy.enumerated() where rule != Findings.mayGo {
            rules[findings.engineer(member)] = findings.hardRules[Int(rule)]
        }
        return rules
    }
}
