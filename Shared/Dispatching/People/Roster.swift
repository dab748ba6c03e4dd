import DomainContracts
import FoundationEssentials

/// Somebody who can be sent, as decisions see him.
public struct Person: Sendable {
    public var id: UUID
    /// Where a day of his begins and ends.
    public var base: Place
    /// Where he fetches what he has not with him; nil: nobody plans that.
    public var depot: Place?
    /// Region codes and areas he serves; neither means everywhere.
    public var regionCodes: [String]
    public var areas: [Area]
    public var skills: [SkillLevel]
    /// Nil: nobody knows when he works, and nothing is offered to him.
    public var shifts: ShiftPattern?
    /// Visits in a shift at most; nil: as many as fit.
    public var visitsPerDay: Int?
    /// What rules may ask about him.
    public var facts: JSONValue

    public init(
        id: UUID, base: Place, regionCodes: [String] = [], areas: [Area] = [], skills: [SkillLevel] = [],
        shifts: ShiftPattern?, visitsPerDay: Int? = nil, depot: Place? = nil, facts: JSONValue = .object([:])
    ) {
        self.id = id
        self.depot = depot
        self.base = base
        self.regionCodes = regionCodes
        self.areas = areas
        self.skills = skills
        self.shifts = shifts
        self.visitsPerDay = visitsPerDay
        self.facts = facts
    }
}

/// The engineers in the form decisions compute with: skills as numbers, levels in one flat table, in the order of their
/// ids, which breaks ties. One that never changes, so that every decision hands it on without counting its parts.
public final class Roster: Sendable {
    struct Member: Sendable {
        let id: UUID
        let base: TravelPoint
        let depot: TravelPoint?
        let regions: [[UInt8]]
        let areas: [Area]
        let shifts: ShiftPattern?
        let visitsPerDay: Int
        let facts: JSONValue

        var hasShifts: Bool { !(shifts?.weekly.isEmpty ?? true) }
    }

    /// Changes whenever an engineer does; 0 where nobody compares it.
    public let stamp: Int
    let members: [Member]
    let membersWithAreas: [Int]
    private let skills: [String: Int]
    private let levels: [UInt8]
    /// When a skill ends, seconds since 1970; `.max`: never.
    private let ends: [Int]
    private let haveEnds: Bool
    private let positions: [UUID: Int]

    public init(_ people: [Person], stamp: Int = 0) {
        let sorted = people.sorted { $0.id < $1.id }
        self.stamp = stamp
        members = sorted.map { person in
            Member(
                id: person.id, base: TravelPoint(person.base), depot: person.depot.map { TravelPoint($0) },
                regions: person.regionCodes.map { Array($0.utf8) }, areas: person.areas,
                shifts: person.shifts, visitsPerDay: person.visitsPerDay ?? .max, facts: person.facts)
        }
        var skills: [String: Int] = [:]
        for skill in sorted.flatMap(\.skills) where skills[skill.skill] == nil { skills[skill.skill] = skills.count }
        var levels = [UInt8](repeating: 0, count: skills.count * sorted.count)
        var ends = [Int](repeating: .max, count: levels.count)
        for (position, person) in sorted.enumerated() {
            for skill in person.skills {
                guard let number = skills[skill.skill] else { continue }
                let cell = position * skills.count + number
                let level = UInt8(clamping: skill.level)
                if level >= levels[cell] { ends[cell] = skill.validUntil?.epoch ?? .max }
                levels[cell] = max(levels[cell], level)
            }
        }
        self.skills = skills
        self.levels = levels
        self.ends = ends
        haveEnds = ends.contains { $0 < .max }
        membersWithAreas = members.indices.filter { [members] in !members[$0].areas.isEmpty }
        positions = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.id, $0) })
    }

    public var count: Int { members.count }
    /// In the order of the members.
    public var ids: [UUID] { members.map(\.id) }
    /// Where their days begin and end.
    public var bases: [TravelPoint] { members.map(\.base) }
    /// Where some of them fetch what they have not with them.
    public var depots: [TravelPoint] { depots(of: Array(members.indices)) }
    public func depots(of some: [Int]) -> [TravelPoint] { some.compactMap { members[$0].depot } }

    public func position(of id: UUID) -> Int? { positions[id] }
    public func id(of member: Int) -> UUID { members[member].id }

    func level(_ member: Int, _ skill: String) -> Int {
        skills[skill].map { Int(levels[member * skills.count + $0]) } ?? 0
    }

    /// Until when he has a skill that he has; `.max`: for ever.
    func end(_ member: Int, _ skill: String) -> Int {
        skills[skill].map { ends[member * skills.count + $0] } ?? .max
    }

    /// Columns of these skills in the table of levels; none where no skill ever ends.
    func columns(of required: [SkillLevel]) -> [Int] { haveEnds ? required.compactMap { skills[$0.skill] } : [] }

    /// Until when he has all skills of these columns.
    func end(_ member: Int, columns: [Int]) -> Int {
        columns.reduce(.max) { min($0, ends[member * skills.count + $1]) }
    }

    /// By region code; who serves areas alone serves a region only where nobody knows which it is.
    func serves(_ member: Int, _ region: [UInt8]) -> Bool {
        let person = members[member]
        if person.regions.isEmpty { return person.areas.isEmpty || region.isEmpty }
        return region.isEmpty || person.regions.contains { region.starts(with: $0) }
    }
}
