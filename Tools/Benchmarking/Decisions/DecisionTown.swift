import Dispatching
import DomainContracts
import Foundation

/// A city of engineers and jobs, drawn from a seed: clustered, with skills, three kinds of shift and five districts.
struct DecisionTown {
    /// Monday, 2026-11-16, 08:00 in China.
    static let now = 1_794_787_200

    private var random: SplitMix
    private let clusters: [(latitude: Double, longitude: Double)]
    private static let skills = (0..<12).map { "skill-\($0)" }
    private static let districts = (1...5).map { "31010\($0)" }

    init(seed: UInt64) {
        var random = SplitMix(state: seed)
        clusters = (0..<8).map { _ in (31.1 + random.unit() * 0.25, 121.3 + random.unit() * 0.3) }
        self.random = random
    }

    mutating func people(_ count: Int) -> [Person] {
        (0..<count).map { number in
            let skills = (0..<3).map { _ in SkillLevel(skill: Self.skills[below(12)], level: 1 + below(5)) }
            let start = [420, 480, 720][below(3)]
            let weekly = (1...6).map { WeekdayShift(weekday: $0, startMinute: start, endMinute: start + 540) }
            return Person(
                id: id(), base: place(), regionCodes: below(2) == 0 ? ["3101"] : [Self.districts[below(5)]],
                skills: skills, shifts: ShiftPattern(utcOffsetMinutes: 480, weekly: weekly),
                facts: .object([
                    "grade": .string(below(4) == 0 ? "senior" : "engineer"), "team": .string("team-\(number % 20)"),
                ]))
        }
    }

    mutating func job(at now: Int = DecisionTown.now) -> JobRequest {
        let priority = [Priority.p1, .p2, .p3, .p3, .p3][below(5)]
        let hours = priority == .p1 ? 4 : priority == .p2 ? 8 : 48
        let start = now + 3600
        return JobRequest(
            workOrderId: id(), place: place(), seconds: 60 * (30 + 15 * below(7)),
            range: Span(start: start, end: start + Planning.horizonSeconds), dueAt: now + hours * 3600,
            priority: priority, required: [SkillLevel(skill: Self.skills[below(12)], level: 1 + below(3))],
            facts: .object([
                "workOrder": .object(["priority": .string(priority.rawValue)]),
                "entitlement": .object(["responseLevel": .string(below(10) == 0 ? "four_hour" : "standard")]),
            ]))
    }

    /// The standard rules and two of a company's own.
    static func rules() throws -> RuleSet {
        var document = RuleSet.standardDocument
        let own = try WireJSON.decoder().decode(DispatchRules.self, from: Data(ownRules.utf8))
        document.hard += own.hard
        document.soft += own.soft
        return try RuleSet(document, version: 2)
    }

    private static let ownRules = """
        {"name": "own",
         "hard": [{"rule": "senior_for_four_hours",
                   "when": {"==": [{"var": "entitlement.responseLevel"}, "four_hour"]},
                   "must": {"==": [{"var": "engineer.grade"}, "senior"]}}],
         "soft": [{"rule": "junior_on_urgent",
                   "when": {"==": [{"var": "workOrder.priority"}, "p1"]},
                   "cost": {"if": [{"==": [{"var": "engineer.grade"}, "senior"]}, 0, 30]}}]}
        """

    private mutating func place() -> Place {
        let cluster = clusters[below(clusters.count)]
        // Two draws added lie near the middle more often.
        let (dy, dx) = (random.unit() + random.unit() - 1, random.unit() + random.unit() - 1)
        return Place(
            latitude: Int((cluster.latitude + dy * 0.04) * 1e6), longitude: Int((cluster.longitude + dx * 0.04) * 1e6),
            region: Self.districts[below(5)])
    }

    private mutating func below(_ bound: Int) -> Int { Int(random.next() >> 33) % bound }

    private mutating func id() -> UUID {
        let (a, b) = (random.next(), random.next())
        return UUID(uuid: unsafeBitCast((a, b), to: uuid_t.self))
    }
}

/// SplitMix64 (Steele, Lea and Flood): the same town on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
