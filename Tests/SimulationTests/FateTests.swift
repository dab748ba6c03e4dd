import DomainContracts
import Foundation
import Testing

@testable import Simulation

@Suite("Fate")
struct FateTests {
    @Test("the same seed, report and step give the same draw for ever")
    func isDeterministic() {
        let fate = Fate(seed: 1, report: "rcwales_3")
        #expect(fate.bits("declined-1") == Fate(seed: 1, report: "rcwales_3").bits("declined-1"))
        // These numbers may never change: recorded runs would play otherwise.
        #expect(fate.bits("declined-1") == 0x677510de5cf09008)
        #expect(fate.bits("declined-1") != fate.bits("declined-2"))
        #expect(fate.bits("declined-1") != Fate(seed: 2, report: "rcwales_3").bits("declined-1"))
        #expect(fate.bits("declined-1") != Fate(seed: 1, report: "rcwales_4").bits("declined-1"))
    }

    @Test(
        "what happens with a share happens that often",
        arguments: ["declined-1", "no-show-1", "survey", "disputed"], [0.005, 0.02, 0.05, 0.4])
    func keepsShares(_ step: String, _ share: Double) {
        let count = 20_000
        let happened = (0..<count).count { Fate(seed: 7, report: "r\($0)").happens(step, share) }
        // Five standard deviations of a binomial distribution.
        let tolerance = 5 * (Double(count) * share * (1 - share)).squareRoot()
        #expect(abs(Double(happened) - Double(count) * share) < tolerance)
    }

    @Test("numbers and picks stay in their range and reach its ends")
    func ranges() {
        let drawn = (0..<2_000).map { Fate(seed: 3, report: "\($0)").number("n", 2...5) }
        #expect(Set(drawn) == [2, 3, 4, 5])
        #expect(Set((0..<200).map { Fate(seed: 3, report: "\($0)").pick("p", ["a", "b"]) }) == ["a", "b"])
    }

    @Test("a visit comes out as its row says", arguments: RepairCase.Result.allCases)
    func plans(_ result: RepairCase.Result) {
        var shares = FateShares()
        (shares.noShow, shares.nobodyHome, shares.unsafe) = (0, 0, 0)
        let plans = Set(
            (0..<500).map {
                Fate(seed: 1, report: "r\($0)").plan(
                    RepairCase(
                        id: "r\($0)", category: "Iron", problem: nil, result: result,
                        barrier: "Spare parts not available", language: "en"),
                    visit: 1, diagnosed: false, shares)
            })
        switch result {
        case .fixed: #expect(plans == [.fixed])
        case .repairable: #expect(plans == [.partMissing, .skillShort])
        case .endOfLife: #expect(plans == [.partUnavailable])
        case .unknown: #expect(plans.count == 5)
        }
    }

    @Test("what was found out is repaired on the next visit, and the fourth visit is the last")
    func ends() {
        let repaired = RepairCase(id: "r", category: "Iron", problem: nil, result: .repairable, language: "en")
        var shares = FateShares()
        (shares.noShow, shares.nobodyHome, shares.unsafe) = (0, 0, 0)
        let fate = Fate(seed: 1, report: "r")
        #expect(fate.plan(repaired, visit: 2, diagnosed: true, shares) == .fixed)
        (shares.noShow, shares.nobodyHome, shares.unsafe) = (1, 1, 1)
        #expect(fate.plan(repaired, visit: 3, diagnosed: true, shares) == .noShow)
        #expect(fate.plan(repaired, visit: 4, diagnosed: false, shares) == .fixed)
    }

    @Test("a row is always reported in the same words, and its duplicate on another channel")
    func reports() {
        let now = Date(timeIntervalSince1970: 1_795_223_520)
        let repaired = BuiltInCases.cases(1)[0]
        let make = { (run: String) in
            PlannedReport(repaired, seed: 1, run: run, shares: FateShares(), customers: 100, now: now)
        }
        #expect(make("a").report == make("a").report)
        #expect(make("a").messageId == make("a").messageId)
        #expect(make("a").messageId != make("b").messageId)
        let again = make("a").again(seed: 1)
        #expect(again.channel != make("a").channel)
        #expect(again.messageId != make("a").messageId)
        #expect(again.report.device == make("a").report.device)
    }

    @Test("for every job somebody can go, at the level an expert is asked for, in every district")
    func crew() {
        let crew = Crew(count: 24, categories: BuiltInCases.all.map(\.category))
        for skill in Set(BuiltInCases.all.map { PartsCatalog.slug($0.category) }) {
            for district in City.districts {
                let able = crew.engineers.filter { engineer in
                    engineer.skills.contains { $0.skill == skill && $0.level >= 3 }
                        && engineer.regionCodes.contains { district.regionCode.hasPrefix($0) }
                }
                #expect(able.count >= 2, "\(skill) in \(district.name)")
            }
        }
    }
}
