import DomainContracts
import FoundationEssentials

/// The engineers in the form the rules compute with: skills as numbers, levels in one flat table, in the order of their
/// ids, which breaks ties.
struct Roster: Sendable {
    struct Member: Sendable {
        let id: UUID
        let base: TravelPoint
        let regions: [[UInt8]]
        let shifts: ShiftPattern?
    }

    /// Changes whenever an engineer does; 0 where nobody compares it.
    let stamp: Int
    let members: [Member]
    private let skills: [String: Int]
    private let levels: [UInt8]
    private let positions: [UUID: Int]

    init(_ engineers: [(id: UUID, engineer: Engineer)], stamp: Int = 0) {
        let sorted = engineers.sorted { $0.id < $1.id }
        self.stamp = stamp
        members = sorted.map { id, engineer in
            Member(
                id: id, base: TravelPoint(engineer.base), regions: engineer.regionCodes.map { Array($0.utf8) },
                shifts: engineer.shifts)
        }
        var skills: [String: Int] = [:]
        for skill in sorted.flatMap(\.engineer.skills) where skills[skill.skill] == nil {
            skills[skill.skill] = skills.count
        }
        var levels = [UInt8](repeating: 0, count: skills.count * sorted.count)
        for (position, entry) in sorted.enumerated() {
            for skill in entry.engineer.skills {
                guard let number = skills[skill.skill] else { continue }
                let cell = position * skills.count + number
                levels[cell] = max(levels[cell], UInt8(clamping: skill.level))
            }
        }
        self.skills = skills
        self.levels = levels
        positions = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.id, $0) })
    }

    func position(of id: UUID) -> Int? { positions[id] }

    /// Number of a skill; nil when nobody has it.
    func number(of skill: String) -> Int? { skills[skill] }

    func level(_ member: Int, _ skill: Int?) -> Int {
        skill.map { Int(levels[member * skills.count + $0]) } ?? 0
    }
}
