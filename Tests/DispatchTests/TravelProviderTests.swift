import Dispatching
import Foundation
import Testing

@testable import DispatchService

struct TravelProviderTests {
    private let site = north(0)
    private let places = [north(1), north(2), north(3)]

    @Test("what the road service tells is known from then on, each direction by itself, and asked once")
    func learns() async throws {
        let roads = try await RoadStandIn(.answers { from, to in from[0] < to[0] ? 700.2 : 400 })
        let bench = TravelBench(asking: roads.base)
        await bench.prepare(site, places)
        #expect(abs(bench.seconds(site, places[2]) - 701) < 2)
        #expect(abs(bench.seconds(places[2], site) - 400) < 2)
        #expect(bench.known == 6 && bench.estimated == 0 && bench.answered == 2 && bench.failed == 0)
        #expect(
            roads.asked.first
                == "/table/v1/driving/121.4700,31.2300;121.4700,31.2400;121.4700,31.2500;121.4700,31.2600"
                + "?sources=0&destinations=1;2;3&annotations=duration")
        await bench.prepare(site, places)
        #expect(roads.asked.count == 2 && bench.known == 12)
        await bench.prepare(site, places + [north(4)])
        #expect(roads.asked.count == 4)
        #expect(roads.asked.last?.hasPrefix("/table/v1/driving/121.4700,31.2300;121.4700,31.2700?") == true)
        await roads.die()
    }

    @Test("tables stay small, and only the nearest places are asked about")
    func batches() async throws {
        let roads = try await RoadStandIn(.answers { _, _ in 9_000 })
        let bench = TravelBench(asking: roads.base, nearest: 150)
        await bench.prepare(site, (1...200).map { north($0) })
        #expect(roads.asked.map { $0.filter { $0 == "," }.count } == [100, 100, 52, 52])
        #expect(bench.known == 300)
        await roads.die()
    }

    @Test("no more is asked before a step than its time allows; the rest is asked before the next")
    func stepLimit() async throws {
        let roads = try await RoadStandIn(.answers { _, _ in 9_000 })
        // Each look at the clock takes 4 s, of 10 that a step has.
        let bench = TravelBench(asking: roads.base, secondsAReading: 4)
        await bench.prepare(site, (1...300).map { north($0) })
        #expect(roads.asked.count == 4)
        #expect(bench.known == 396 && bench.estimated == 204)
        await bench.prepare(site, (1...300).map { north($0) })
        #expect(roads.asked.count == 8 && bench.logged("warning").isEmpty)
        await roads.die()
    }

    @Test("where there is no road the estimate holds, and nobody asks again")
    func noRoad() async throws {
        let roads = try await RoadStandIn(.answers { _, to in to[0] > 31.255 ? nil : 700 })
        let bench = TravelBench(asking: roads.base)
        await bench.prepare(site, places)
        #expect(bench.known == 5 && bench.estimated == 1)
        #expect(bench.provider.times.seconds(from: TravelPoint(site), to: TravelPoint(places[2])) == 561)
        await bench.prepare(site, places)
        #expect(roads.asked.count == 2 && bench.failed == 0)
        await roads.die()
    }

    @Test("a service that is gone is said to be gone once, is left alone for a while, and is found when it is back")
    func outage() async throws {
        let roads = try await RoadStandIn()
        let bench = TravelBench(asking: roads.base)
        await bench.prepare(site, [places[0]])
        await roads.die()
        for _ in 0..<5 { await bench.prepare(site, places) }
        #expect(bench.failed == 1 && bench.estimated == 5 * 4 && bench.known == 2 + 5 * 2)
        #expect(bench.provider.times.seconds(from: TravelPoint(site), to: TravelPoint(places[2])) == 561)
        bench.wait(.seconds(5))
        await bench.prepare(site, places)
        // Twice as long after the second failure.
        bench.wait(.seconds(5))
        await bench.prepare(site, places)
        #expect(bench.failed == 2)
        #expect(bench.logged("warning").count == 1 && bench.logged("notice").isEmpty)

        try await roads.startAgain()
        bench.wait(.seconds(5))
        await bench.prepare(site, places)
        #expect(abs(bench.seconds(site, places[2]) - 600) < 2)
        #expect(bench.logged("notice").count == 1)
        await roads.die()
        await bench.prepare(site, [north(9)])
        #expect(bench.failed == 3 && bench.logged("warning").count == 2)
    }

    @Test("a service that hangs costs one time limit")
    func hangs() async throws {
        let roads = try await RoadStandIn(.hangs)
        let bench = TravelBench(asking: roads.base, request: .milliseconds(100))
        for _ in 0..<3 { await bench.prepare(site, places) }
        #expect(bench.failed == 1 && roads.asked.count <= 1 && bench.known == 0)
        #expect(bench.logged("warning").count == 1)
        #expect(bench.logged("warning").first?.contains("no answer within") == true)
        await roads.die()
    }

    @Test(
        "an answer that is none is no answer: nothing of it is believed",
        arguments: [
            #"{"code":"Ok","durations":[[600,600]]}"#, #"{"code":"Ok","durations":[[600],[600],[600]]}"#,
            #"{"code":"Ok","durations":[[600,-1,600]]}"#, #"{"code":"Ok","durations":[[600,1e9,600]]}"#,
            #"{"code":"Ok","durations":[[600,"x",600]]}"#, #"{"code":"Ok"}"#, "<html>", "",
            #"{"code":"TooBig","message":"Too many"}"#,
        ])
    func rubbish(_ text: String) async throws {
        let roads = try await RoadStandIn(.says(.ok, text))
        let bench = TravelBench(asking: roads.base)
        await bench.prepare(site, places)
        #expect(bench.failed == 1 && bench.known == 0 && bench.estimated == 6)
        #expect(bench.logged("warning").count == 1)
        #expect(bench.provider.times.seconds(from: TravelPoint(site), to: TravelPoint(places[2])) == 561)
        roads.set(.answers { _, _ in 600 })
        bench.wait(.seconds(5))
        await bench.prepare(site, places)
        #expect(bench.known == 6)
        await roads.die()
    }

    @Test("a status that is none of a well service's is a failure; places without a segment are not")
    func statuses() async throws {
        let roads = try await RoadStandIn(.says(.badRequest, #"{"code":"NoSegment","message":"no"}"#))
        let bench = TravelBench(asking: roads.base)
        await bench.prepare(site, places)
        #expect(bench.failed == 0 && bench.answered == 2 && bench.estimated == 6)
        roads.set(.says(.serviceUnavailable, ""))
        await bench.prepare(site, [north(9)])
        #expect(bench.failed == 1)
        #expect(bench.logged("warning").first?.contains("503") == true)
        await roads.die()
    }

    @Test("an answer about another place is not believed: nobody drives 100 km in ten minutes")
    func elsewhere() async throws {
        let roads = try await RoadStandIn()
        let bench = TravelBench(asking: roads.base)
        await bench.prepare(site, [north(1), north(90)])
        #expect(bench.known == 2 && bench.estimated == 2 && bench.failed == 0)
        await roads.die()
    }

    @Test("where nobody is configured to be asked, nobody is asked, and a table's ways are counted")
    func matrix() async throws {
        #expect(!TravelProvider.estimate.knowsRoads)
        let file = try TravelMatrixFile.parse(
            TravelMatrixFile.header + "\n31.23,121.47,31.26,121.47,1200\n", path: "ways.csv")
        let provider = TravelProvider(TravelTimes(known: file))
        #expect(provider.knowsRoads)
        await provider.prepare(for: provider.needs(sites: [TravelPoint(site)], places: [TravelPoint(places[2])]))
        #expect(provider.times.seconds(from: TravelPoint(site), to: TravelPoint(places[2])) > 1200)
    }

    @Test("how long a service is left alone doubles from 5 s up to 5 minutes, and begins anew once it has answered")
    func backOff() {
        var outage = Outage()
        var now = ContinuousClock.now
        for seconds in [5, 10, 20, 40, 80, 160, 300, 300] {
            let wasFirst = outage.failed(at: now)
            #expect(wasFirst == (seconds == 5))
            now += .seconds(seconds)
            #expect(!outage.mayAsk(at: now - .milliseconds(1)) && outage.mayAsk(at: now))
        }
        #expect(outage.end() && !outage.end() && outage.mayAsk(at: now))
    }
}
