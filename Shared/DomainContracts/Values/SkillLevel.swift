import FoundationEssentials

/// A skill 技能 and how far it goes, 1 (basic) … 5 (expert).
public struct SkillLevel: Codable, Sendable, Hashable {
    public var skill: String
    public var level: Int

    public init(skill: String, level: Int) {
        self.skill = skill
        self.level = level
    }
}
