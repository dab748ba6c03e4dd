import DomainContracts
import Foundation
import Testing

@testable import Dispatching

struct TerritoryTests {
    /// Corners in hundredths of a degree from the town's middle, north and east.
    private func area(_ corners: (Int, Int)...) -> Area {
        Area(
            corners.map {
                Coordinates(
                    latitude: 31.23 + Double($0.0) / 100, longitude: 121.47 + Double($0.1) / 100, crs: .wgs84)
            })
    }

    private func at(_ north: Int, _ east: Int) -> Place {
        Place(latitude: 31_230_000 + north * 10_000, longitude: 121_470_000 + east * 10_000, region: "310101")
    }

    @Test("a place lies in a polygon or not, whichever way round its corners go, in its notch too")
    func inside() {
        let notched = [(-5, -5), (-5, 5), (5, 5), (0, 0), (5, -5)]
        for corners in [notched, notched.reversed()] {
            let area = Area(
                corners.map {
                    Coordinates(
                        latitude: 31.23 + Double($0.0) / 100, longitude: 121.47 + Double($0.1) / 100, crs: .wgs84)
                })
            #expect(area.contains(at(-2, 0)) && area.contains(at(3, 4)) && area.contains(at(-4, -4)))
            #expect(!area.contains(at(4, 0)) && !area.contains(at(6, 0)) && !area.contains(at(0, 6)))
        }
        #expect(!area((-5, -5), (-5, 5), (5, 0)).contains(Place(region: "310101")))
        #expect(!Area([]).contains(at(0, 0)))
    }

    @Test("region codes and areas add up; who has neither serves everywhere")
    func rule() throws {
        let triangle = area((-5, -5), (-5, 5), (5, 0))
        var byArea = person(1)
        byArea.areas = [triangle]
        var both = person(2, regions: ["32"])
        both.areas = [triangle]
        let people = [byArea, both, person(3, regions: ["32"]), person(4)]
        func excluded(_ place: Place) throws -> Set<UUID> {
            var decider = try Decider(RuleSet.standardDocument, people)
            return Set(decider.decide(request(at: place)).excludedBy.filter { $0.value == "territory" }.keys)
        }
        #expect(try excluded(at(-2, 0)) == [id(3)])
        #expect(try excluded(at(6, 0)) == [id(1), id(2), id(3)])
        #expect(try excluded(Place(region: "320500")) == [id(1)])
        #expect(try excluded(Place()) == [])
    }
}
