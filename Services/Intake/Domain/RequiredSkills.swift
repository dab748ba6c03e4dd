import DomainContracts

/// What an engineer must be able to do, and how long he is thought to take, by category and service type.
enum RequiredSkills {
    /// Levels by service type: who installs or commissions must know the device better.
    private static let levels: [ServiceType: Int] = [
        .installation: 2, .commissioning: 2, .repair: 1, .maintenance: 1, .inspection: 1, .training: 1,
        .relocation: 1, .consultation: 1,
    ]
    /// Minutes on site by service type.
    private static let minutes: [ServiceType: Int] = [
        .installation: 120, .commissioning: 120, .repair: 90, .maintenance: 60, .inspection: 45, .training: 120,
        .relocation: 180, .consultation: 30,
    ]

    static func of(category: String?, serviceType: ServiceType) -> [SkillLevel] {
        guard let category, case let skill = slug(category), !skill.isEmpty else { return [] }
        return [SkillLevel(skill: skill, level: levels[serviceType] ?? 1)]
    }

    static func durationMinutes(_ serviceType: ServiceType) -> Int { minutes[serviceType] ?? 90 }

    /// `Aircon/dehumidifier` → `aircon-dehumidifier`; letters of any script stay.
    static func slug(_ category: String) -> String {
        category.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    }

    /// What was required, with levels raised by what the engineer says was lacking.
    static func raised(_ skills: [SkillLevel], by lacking: [SkillLevel]) -> [SkillLevel] {
        var levels: [String: Int] = [:]
        for skill in skills + lacking { levels[skill.skill] = max(levels[skill.skill] ?? 0, skill.level) }
        return levels.map { SkillLevel(skill: $0, level: $1) }.sorted { $0.skill < $1.skill }
    }
}
