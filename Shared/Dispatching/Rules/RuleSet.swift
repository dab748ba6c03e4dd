import DomainContracts
import JSONLogic

/// A rule set 派工规则 that has been read and found right.
public struct RuleSet: Sendable {
    /// 1 is the one that comes with Mendloop.
    public let version: Int
    public let document: DispatchRules
    let hard: [HardRule]
    let soft: [SoftRule]
    let crew: [CrewRule]

    /// - Throws: `RuleSetProblems`, all of them, with pointers below `pointer`.
    public init(
        _ document: DispatchRules, version: Int, at pointer: String = "/data/rules"
    ) throws(RuleSetProblems) {
        var reader = RuleReader()
        let (hard, soft) = reader.rules(document, at: pointer)
        let crew = reader.crewRules(document.crew ?? [], at: "\(pointer)/crew")
        guard reader.problems.isEmpty else { throw RuleSetProblems(list: reader.problems) }
        self.version = version
        self.document = document
        self.hard = hard
        self.soft = soft
        self.crew = crew
    }

    /// The names of the hard rules in the order in which they are tried.
    public var hardRuleNames: [String] { hard.map(\.name) + [HardRule.noFreeTime] }

    /// Place of the rule that asks for skills among them; nil where there is none.
    var skillRule: Int? {
        hard.firstIndex {
            if case .skill = $0.test { true } else { false }
        }
    }

    /// What whoever helps with a job has to be able to do; nothing where nobody is asked to help.
    public func helperSkills(for job: JobRequest) -> [SkillLevel] { crewRule(for: job)?.skills ?? [] }

    /// How many helpers the rules ask for.
    public func helpersWanted(for job: JobRequest) -> Int { crewRule(for: job)?.helpers ?? 0 }

    /// By which rule several engineers go; nil where one does.
    func crewRule(for job: JobRequest) -> CrewRule? {
        crew.filter { $0.when?.holds(job.facts) ?? true }.max { $0.helpers < $1.helpers }
    }
}

/// What is wrong with a rule set, and where.
public struct RuleSetProblems: Error, Equatable {
    public let list: [FieldProblem]
}

/// A rule that keeps engineers out.
struct HardRule: Sendable {
    enum Test: Sendable {
        /// Those whom the customer, or the order, excludes.
        case excluded
        /// Those who declined or did not answer in this round.
        case tried
        case skill
        case territory
        /// Those who would have to fetch parts first.
        case partsInVan
        /// Others than those whom the order or the customer prefers.
        case preferred
        /// Those of whom nobody knows when they work.
        case shift
        case own(Logic)
    }

    let name: String
    let test: Test
    let when: Logic?

    /// Named last, when a calendar has no room.
    static let noFreeTime = "no_free_time"
    static let noEngineers = "no_engineers"
}

/// A rule by which several engineers go.
struct CrewRule: Sendable {
    let name: String
    let when: Logic?
    /// Besides the lead.
    let helpers: Int
    let skills: [SkillLevel]
}

/// A rule that costs.
struct SoftRule: Sendable {
    /// What it multiplies its cost with.
    enum Measure: String, Sendable, CaseIterable {
        /// Minutes that the visit adds to the travel of the day.
        case travel
        /// Minutes of road between his home and the site.
        case distance
        /// Quarters of an hour that he is booked already.
        case load
        /// Minutes after the promised arrival, by urgency.
        case slaSlack = "sla_slack"
        /// Tens of minutes that the customer waits, by urgency.
        case waiting
        /// Minutes of the visit after the end of his shift; where they cost nothing nobody works any.
        case overtime
        /// 1 where the order or the customer prefers another.
        case preferred
        /// 1 where no time that the customer wished for is met.
        case wish
        /// 1 where another was there before.
        case continuity
        /// Pieces that he would have to fetch first, and of whose depot nobody knows.
        case missingParts = "missing_parts"
        /// 1.
        case always
    }

    let name: String
    let measure: Measure
    let when: Logic?
    let cost: Logic
}
