import DomainContracts
import FoundationEssentials
import JSONLogic

/// A rule set made ready for one roster: what a rule says of all engineers is worked out when the first job asks for it, and
/// kept for all jobs that are alike to it.
public struct CompiledRules: Sendable {
    public let ruleSet: RuleSet
    public let roster: Roster
    private let everybody: EngineerSet
    private let onShift: EngineerSet
    private var bySkill = Kept<SkillLevel, SkilledPeople>()
    private var byRegion = Kept<String, EngineerSet>()
    private var hard: [KeptAnswers<EngineerSet>]
    private var soft: [KeptAnswers<Prices>]

    public init(_ ruleSet: RuleSet, _ roster: Roster) {
        self.ruleSet = ruleSet
        self.roster = roster
        everybody = EngineerSet(all: roster.count)
        onShift = EngineerSet(count: roster.count) { roster.members[$0].hasShifts }
        hard = ruleSet.hard.map { KeptAnswers($0.logic) }
        soft = ruleSet.soft.map { KeptAnswers($0.cost) }
    }

    /// What the rules make of one job.
    mutating func apply(to job: JobRequest) -> JobRules {
        let missing = job.vans.map { vans in roster.ids.map { vans.missing($0) } }
        return JobRules(
            allowed: ruleSet.hard.indices.map { allowed(by: $0, job) },
            prices: ruleSet.soft.indices.map { prices(of: $0, job) },
            preferred: members(job.preferred),
            previous: job.previous.flatMap { roster.position(of: $0) }, missingParts: missing,
            unplannedParts: missing.map { zip($0, roster.members).map { $1.depot == nil ? $0 : 0 } })
    }

    /// By which rule several engineers go; nil where one does.
    func crewRule(for job: JobRequest) -> CrewRule? { ruleSet.crewRule(for: job) }

    /// Nil where a rule does not apply.
    private mutating func allowed(by index: Int, _ job: JobRequest) -> EngineerSet? {
        let rule = ruleSet.hard[index]
        if let when = rule.when, !when.holds(job.facts) { return nil }
        switch rule.test {
        case .excluded: return without(job.excluded)
        case .tried: return without(job.tried)
        case .shift: return onShift
        case .skill: return skilled(job.required, at: job.range.start)
        case .territory: return serving(job.region, job.place)
        case .partsInVan:
            return job.vans.map { vans in
                EngineerSet(count: roster.count) { vans.missing(roster.id(of: $0)) == 0 }
            }
        case .preferred: return job.preferred.isEmpty ? nil : members(job.preferred) ?? EngineerSet(none: roster.count)
        case .own(let must):
            return hard[index].answer(job.facts) { [roster] in
                EngineerSet(count: roster.count) { must.holds(job.facts.with(roster.members[$0].facts)) }
            }
        }
    }

    /// Those of some people who are here; nil where none is.
    private func members(_ people: [UUID]) -> EngineerSet? {
        let members = people.compactMap { roster.position(of: $0) }
        if members.isEmpty { return nil }
        var set = EngineerSet(none: roster.count)
        for member in members { set.insert(member) }
        return set
    }

    private func without(_ people: [UUID]) -> EngineerSet? {
        if people.isEmpty { return nil }
        var set = everybody
        for person in people {
            if let member = roster.position(of: person) { set.remove(member) }
        }
        return set
    }

    /// Those who have the skills when somebody could come first; how long they have them is looked at with their calendars.
    private mutating func skilled(_ required: [SkillLevel], at moment: Int) -> EngineerSet? {
        var result: EngineerSet?
        for skill in required {
            let people = bySkill.answer(SkillLevel(skill: skill.skill, level: skill.level)) { [roster] in
                SkilledPeople(skill, roster)
            }
            let set = people.set(at: moment)
            if result == nil { result = set } else { result?.keep(set) { _ in } }
        }
        return result
    }

    private mutating func serving(_ region: String, _ place: Place) -> EngineerSet {
        var set = byRegion.answer(region) { [roster] in
            let bytes = Array(region.utf8)
            return EngineerSet(count: roster.count) { roster.serves($0, bytes) }
        }
        for member in roster.membersWithAreas where roster.members[member].areas.contains(where: { $0.contains(place) })
        {
            set.insert(member)
        }
        return set
    }

    private mutating func prices(of index: Int, _ job: JobRequest) -> Prices {
        let rule = ruleSet.soft[index]
        if let when = rule.when, !when.holds(job.facts) { return .same(0) }
        let range = rule.measure == .always ? Prices.ofOwnRule : Prices.ofMeasure
        return soft[index].answer(job.facts) { [roster] in
            guard rule.cost.reads.contains(where: Facts.isOfEngineer) else {
                return .same(Prices.whole(rule.cost.number(job.facts), range))
            }
            return .each(
                roster.members.map { Prices.whole(rule.cost.number(job.facts.with($0.facts)), range) })
        }
    }
}

/// What a unit of a measure costs: the same for everybody, or for each.
enum Prices: Sendable {
    case same(Int)
    case each([Int])

    static let ofMeasure = 0...100_000
    /// An own rule may also speak for somebody.
    static let ofOwnRule = -1_000_000...1_000_000

    subscript(member: Int) -> Int {
        switch self {
        case .same(let price): price
        case .each(let prices): prices[member]
        }
    }

    /// Rounded, and within the range; nothing where logic gave no number.
    static func whole(_ number: Double?, _ range: ClosedRange<Int>) -> Int {
        let number = number ?? 0
        let clamped = min(max(number, Double(range.lowerBound)), Double(range.upperBound))
        return Int(clamped.rounded())
    }
}

/// Who has a skill at a level.
private struct SkilledPeople {
    private let everybody: EngineerSet
    /// Those of them who will not have it for ever, and until when.
    private var ends: [(member: Int, end: Int)] = []

    init(_ skill: SkillLevel, _ roster: Roster) {
        everybody = EngineerSet(count: roster.count) { roster.level($0, skill.skill) >= skill.level }
        everybody.forEach { member in
            let end = roster.end(member, skill.skill)
            if end < .max { ends.append((member, end)) }
        }
    }

    func set(at moment: Int) -> EngineerSet {
        var set = everybody
        for (member, end) in ends where end <= moment { set.remove(member) }
        return set
    }
}

/// What an expression came to, by what it read of the job.
private struct KeptAnswers<Answer: Sendable>: Sendable {
    private let paths: [String]
    private var kept = Kept<[JSONValue], Answer>()

    init(_ logic: Logic?) {
        paths = (logic?.reads ?? []).filter { !Facts.isOfEngineer($0) }.sorted()
    }

    mutating func answer(_ facts: JSONValue, _ make: () -> Answer) -> Answer {
        kept.answer(paths.map { facts.at($0) ?? .null }, make)
    }
}

/// What has been worked out, forgotten when it is too much: what senders write must not fill the memory.
private struct Kept<Key: Hashable & Sendable, Answer: Sendable>: Sendable {
    private var answers: [Key: Answer] = [:]
    private static var most: Int { 2_000 }

    mutating func answer(_ key: Key, _ make: () -> Answer) -> Answer {
        if let answer = answers[key] { return answer }
        if answers.count >= Self.most { answers.removeAll(keepingCapacity: true) }
        let answer = make()
        answers[key] = answer
        return answer
    }
}

extension HardRule {
    fileprivate var logic: Logic? {
        if case .own(let logic) = test { return logic }
        return nil
    }
}

extension JSONValue {
    /// The facts of a job and of one engineer.
    fileprivate func with(_ engineer: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return .object(["engineer": engineer]) }
        members["engineer"] = engineer
        return .object(members)
    }
}
