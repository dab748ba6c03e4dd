import DomainContracts
import Foundation
import ServiceKit

/// The engineers: names, skills by category, districts, early and late shifts all week.
struct Crew: Sendable {
    let engineers: [RegisterEngineer]
    let shifts: [SetShift]

    private static let namespace = UUID(uuid: (0x5a, 0x1e, 0x0c, 0x9d, 1, 2, 0x40, 3, 0x80, 4, 5, 6, 7, 8, 9, 10))

    init(count: Int, categories: [String]) {
        let skills = Set(categories.map(PartsCatalog.slug)).sorted()
        let supervisor = Self.id(0)
        engineers = (0..<count).map { index in
            let district = City.districts[index % City.districts.count]
            return RegisterEngineer(
                engineerId: Self.id(index), employeeNumber: "E\(1_000 + index)", name: Self.name(index),
                grade: ["junior", "senior", "expert"][index % 3], branch: "main",
                team: "team-\(index % 8 + 1)", supervisorId: index == 0 ? nil : supervisor,
                hourlyRate: Money(6_000 + index % 3 * 1_500, "CNY"),
                skills: skills.enumerated().compactMap { number, skill in
                    // Three in four can do a job at all; enough of them well enough for what others could not.
                    let level = [0, 2, 3, 5][(index + number) % 4]
                    return level == 0 ? nil : SkillLevel(skill: skill, level: level)
                },
                regionCodes: index % 3 == 0 ? [City.wholeCity] : Self.regions(index),
                home: City.place(in: district, Fate(seed: 0, report: "home-\(index)")))
        }
        shifts = engineers.enumerated().map { index, engineer in
            let start = index.isMultiple(of: 2) ? 7 * 60 : 12 * 60
            return SetShift(
                engineerId: engineer.engineerId, utcOffsetMinutes: 480,
                weekly: (1...7).map {
                    WeekdayShift(
                        weekday: $0, startMinute: start, endMinute: start + 600, breakStartMinute: start + 300,
                        breakMinutes: 45)
                })
        }
    }

    static func id(_ index: Int) -> UUID { UUID(derivedFrom: "engineer-\(index)", in: namespace) }

    /// Half of the town.
    private static func regions(_ index: Int) -> [String] {
        City.districts.enumerated().filter { ($0.offset + index) % 4 < 2 }.map(\.element.regionCode)
    }

    private static func name(_ index: Int) -> String {
        let family = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙"]
        let given = ["伟", "芳", "强", "敏", "磊", "静", "军", "洋", "勇", "艳", "杰", "涛", "明", "超"]
        return family[index % family.count] + given[index / family.count % given.count]
            + (index < family.count * given.count ? "" : given[index % given.count])
    }
}
