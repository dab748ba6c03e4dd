import FoundationEssentials

/// A skill 技能 and how far it goes, 1 (basic) … 5 (expert).
public struct SkillLevel: Codable, Sendable, Hashable {
    public var skill: String
    public var level: Int
    /// Of somebody's skill, a certificate say: when it ends. Nil where it does not, and of a skill that is required.
    public var validUntil: Date?

    public init(skill: String, level: Int, validUntil: Date? = nil) {
        self.skill = skill
        self.level = level
        self.validUntil = validUntil
    }

    public func isValid(at moment: Date) -> Bool { validUntil.map { moment < $0 } ?? true }
}
