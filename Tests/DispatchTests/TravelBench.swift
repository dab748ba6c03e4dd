import Dispatching
import DomainContracts
import Foundation
import Logging
import ServiceKit
import Synchronization

@testable import DispatchService

/// A provider with everything that it tells about itself, and real time by hand.
struct TravelBench {
    let provider: TravelProvider
    private let registry = MetricsRegistry()
    private let lines = Lines()
    private let time = Instants()

    /// Limits are generous, since nothing here is about how fast a test machine is.
    init(
        asking base: String, request: Duration = .seconds(20), nearest: Int = 300, times: TravelTimes = .estimate,
        secondsAReading: Double = 0
    ) {
        let lines = lines
        let time = time
        let logger = Logger(label: "travel") { label in
            JSONLogHandler(
                label: label, service: "dispatch", instance: "a", level: .info, output: LogOutput { lines.add($0) })
        }
        provider = TravelProvider(
            times, service: OSRMService(base: base),
            limits: .init(step: .seconds(10), request: request, nearest: nearest),
            meter: TravelMeter(factory: PrometheusMetricsFactory(registry: registry)), logger: logger,
            clock: { time.read(movingOn: .seconds(secondsAReading)) })
    }

    /// Asks for the ways between a site and places.
    func prepare(_ site: Place, _ places: [Place]) async {
        await provider.prepare(
            for: provider.needs(sites: [TravelPoint(site)], places: places.map { TravelPoint($0) }))
    }

    func wait(_ duration: Duration) { time.move(by: duration) }

    /// At the mean of the week, as the road service tells it; the estimate comes to another number.
    func seconds(_ from: Place, _ to: Place) -> Double {
        Double(provider.times.seconds(from: TravelPoint(from), to: TravelPoint(to)))
            * SpeedProfile.standard().meanPace
    }

    /// Of the log, by level.
    func logged(_ level: String) -> [String] { lines.all.filter { $0.contains("\"level\":\"\(level)\"") } }

    func count(_ metric: String, _ label: String) -> Int {
        let line = registry.prometheusText().split(separator: "\n").first {
            $0.hasPrefix(metric + "{") && $0.contains("\"\(label)\"")
        }
        return line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
    }

    var known: Int { count(MetricCatalog.travelPairs, "known") }
    var estimated: Int { count(MetricCatalog.travelPairs, "estimated") }
    var answered: Int { count(MetricCatalog.travelRequests, "answered") }
    var failed: Int { count(MetricCatalog.travelRequests, "failed") }

    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private final class Instants: Sendable {
        private let now = Mutex(ContinuousClock.now)
        func move(by duration: Duration) { now.withLock { $0 += duration } }
        func read(movingOn step: Duration) -> ContinuousClock.Instant {
            now.withLock { now in
                defer { now += step }
                return now
            }
        }
    }
}

/// 0.01° of latitude is 1.1 km, or 187 s of road at the mean speed.
func north(_ hundredths: Int) -> Place {
    Place(latitude: 31_230_000 + hundredths * 10_000, longitude: 121_470_000, region: "310101")
}
