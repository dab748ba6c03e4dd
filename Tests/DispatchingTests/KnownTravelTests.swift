import Dispatching
import Testing

struct KnownTravelTests {
    private func cell(_ number: Int) throws -> TravelCell {
        try #require(TravelCell(microdegrees: 30_000_000 + number * 100, 121_000_000))
    }

    @Test("what was entered is found, whatever else was")
    func lookUps() throws {
        var known = KnownTravel(capacity: 20_000)
        for from in 0..<90 {
            for to in 0..<90 { known.learn(Int32(from * 100 + to), from: try cell(from), to: try cell(to)) }
        }
        known.learn(7, from: try cell(3), to: try cell(4))
        #expect(known.count == 8_100)
        var wrong = 0
        for from in 0..<90 {
            for to in 0..<90 {
                let seconds = (from, to) == (3, 4) ? 7 : Int32(from * 100 + to)
                if known.use(from: try cell(from), to: try cell(to)) != .seconds(seconds) { wrong += 1 }
            }
        }
        #expect(wrong == 0)
        #expect(known.use(from: try cell(0), to: try cell(90)) == .unknown)
    }

    @Test("no more is kept than there is room for; what is used stays, what nobody uses goes")
    func eviction() throws {
        var known = KnownTravel(capacity: 100)
        let home = try cell(0)
        var (most, isKept) = (0, true)
        for number in 1..<1_000 {
            known.learn(Int32(number), from: home, to: try cell(number))
            most = max(most, known.count)
            isKept = known.use(from: home, to: try cell(1)) == .seconds(1) && isKept
        }
        #expect(most == 100 && isKept)
        #expect(known.use(from: home, to: try cell(2)) == .unknown)
        #expect(known.use(from: home, to: try cell(999)) == .seconds(999))
    }

    @Test("that there is no road is remembered")
    func noRoad() throws {
        var known = KnownTravel(capacity: 10)
        known.learn(nil, from: try cell(1), to: try cell(2))
        #expect(known.use(from: try cell(1), to: try cell(2)) == .noRoad)
        #expect(known.use(from: try cell(2), to: try cell(1)) == .unknown)
    }

    @Test(
        "a cell is the nearest point of the grid, on both sides of both zeros",
        arguments: [
            (31_230_049, 121_470_050, 312_300, 1_214_701), (-31_230_049, -121_470_051, -312_300, -1_214_701),
            (90_000_000, 180_000_000, 900_000, 1_800_000), (-90_000_000, -180_000_000, -900_000, -1_800_000),
            (0, -1, 0, 0),
        ])
    func cells(latitude: Int, longitude: Int, row: Int, column: Int) throws {
        let cell = try #require(TravelCell(microdegrees: latitude, longitude))
        #expect(cell.latitude == row && cell.longitude == column)
    }

    @Test("there is no cell off the Earth")
    func offTheEarth() {
        #expect(TravelCell(microdegrees: 90_000_001, 0) == nil && TravelCell(microdegrees: 0, .min) == nil)
        #expect(TravelPoint(Place(region: "31")).cell == nil)
    }
}
