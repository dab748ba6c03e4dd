import DomainContracts
import JSONLogic

/// Reads a rule set, collecting what is wrong with it.
struct RuleReader {
    private(set) var problems: [FieldProblem] = []
    private var names: Set<String> = [
        "excluded", "tried", "shift", HardRule.noFreeTime, HardRule.noEngineers,
    ]

    static let mostRules = 50
    private static let crewSizes = 2...6
    private static let standardTests: [String: HardRule.Test] = [
        "skill": .skill, "territory": .territory, "parts_in_van": .partsInVan,
        "preferred_only": .preferred,
    ]

    mutating func rules(_ document: DispatchRules, at pointer: String) -> ([HardRule], [SoftRule]) {
        if document.name.isEmpty || document.name.count > 100 {
            problems.append(FieldProblem("\(pointer)/name", "length", "expected 1 to 100 characters"))
        }
        checkCount(document.hard.count, at: "\(pointer)/hard")
        checkCount(document.soft.count, at: "\(pointer)/soft")
        if document.soft.isEmpty {
            problems.append(FieldProblem("\(pointer)/soft", "required", "expected at least one rule to choose by"))
        }
        // These hold whoever writes the rules.
        var hard = [
            HardRule(name: "excluded", test: .excluded, when: nil), HardRule(name: "tried", test: .tried, when: nil),
        ]
        for (index, entry) in document.hard.enumerated() {
            if let rule = hardRule(entry, at: "\(pointer)/hard/\(index)") { hard.append(rule) }
        }
        hard.append(HardRule(name: "shift", test: .shift, when: nil))
        let soft = document.soft.enumerated().compactMap { softRule($1, at: "\(pointer)/soft/\($0)") }
        return (hard, soft)
    }

    mutating func crewRules(_ entries: [CrewDispatchRule], at pointer: String) -> [CrewRule] {
        checkCount(entries.count, at: pointer)
        return entries.enumerated().compactMap { crewRule($1, at: "\(pointer)/\($0)") }
    }

    private mutating func crewRule(_ entry: CrewDispatchRule, at pointer: String) -> CrewRule? {
        guard take(entry.rule, at: pointer) else { return nil }
        let when = condition(entry.when, at: "\(pointer)/when", Facts.ofJob)
        if !Self.crewSizes.contains(entry.engineers) {
            let range = Self.crewSizes
            problems.append(
                FieldProblem("\(pointer)/engineers", "range", "expected \(range.lowerBound) to \(range.upperBound)"))
        }
        let skills = entry.helperSkills ?? []
        for (index, skill) in skills.enumerated() where skill.skill.isEmpty || !(1...5).contains(skill.level) {
            problems.append(
                FieldProblem("\(pointer)/helperSkills/\(index)", "range", "expected a skill and a level of 1 to 5"))
        }
        return CrewRule(name: entry.rule, when: when, helpers: entry.engineers - 1, skills: skills)
    }

    private mutating func hardRule(_ entry: HardDispatchRule, at pointer: String) -> HardRule? {
        guard take(entry.rule, at: pointer) else { return nil }
        let when = condition(entry.when, at: "\(pointer)/when", Facts.ofJob)
        if let test = Self.standardTests[entry.rule] {
            if entry.must != nil {
                problems.append(
                    FieldProblem("\(pointer)/must", "unexpected", "\(entry.rule) says itself what must be fulfilled"))
            }
            return HardRule(name: entry.rule, test: test, when: when)
        }
        guard let must = entry.must else {
            problems.append(
                FieldProblem(
                    "\(pointer)/must", "required",
                    "expected a condition, or one of the rules \(Self.standardTests.keys.sorted().joined(separator: ", "))"
                )
            )
            return nil
        }
        return condition(must, at: "\(pointer)/must", Facts.all).map {
            HardRule(name: entry.rule, test: .own($0), when: when)
        }
    }

    private mutating func softRule(_ entry: SoftDispatchRule, at pointer: String) -> SoftRule? {
        guard take(entry.rule, at: pointer) else { return nil }
        let when = condition(entry.when, at: "\(pointer)/when", Facts.ofJob)
        guard let cost = condition(entry.cost, at: "\(pointer)/cost", Facts.all) else { return nil }
        switch entry.cost {
        case .bool, .null, .string, .array:
            problems.append(FieldProblem("\(pointer)/cost", "type", "expected a number, or logic that gives one"))
        default: break
        }
        return SoftRule(
            name: entry.rule, measure: SoftRule.Measure(rawValue: entry.rule) ?? .always, when: when, cost: cost)
    }

    private mutating func condition(
        _ json: JSONValue?, at pointer: String, _ facts: Facts
    ) -> Logic? {
        guard let json else { return nil }
        do {
            return try Logic(json, at: pointer, vocabulary: facts)
        } catch {
            problems += error.list
            return nil
        }
    }

    /// Takes a name, if it is one and free.
    private mutating func take(_ name: String, at pointer: String) -> Bool {
        guard name.wholeMatch(of: /[a-z][a-z0-9_]{0,39}/) != nil else {
            problems.append(
                FieldProblem("\(pointer)/rule", "format", "expected up to 40 of a-z, 0-9, _, a letter first"))
            return false
        }
        guard names.insert(name).inserted else {
            problems.append(FieldProblem("\(pointer)/rule", "duplicate", "\(name) is taken"))
            return false
        }
        return true
    }

    private mutating func checkCount(_ count: Int, at pointer: String) {
        if count > Self.mostRules {
            problems.append(FieldProblem(pointer, "length", "expected at most \(Self.mostRules) rules"))
        }
    }
}
