import DomainContracts
import FoundationEssentials
import Logging
import Synchronization
import Testing

@testable import ServiceKit

@Suite("Domain time")
struct DomainClockTests {
    private let epoch = Date(timeIntervalSince1970: 1_795_223_520)

    @Test("a scaled clock shows the epoch at the epoch and runs by its factor from there")
    func scaled() {
        let clock = DomainClock.scaled(epoch: epoch, factor: 60)
        #expect(clock.domainTime(atReal: epoch) == epoch)
        #expect(clock.domainTime(atReal: epoch.addingTimeInterval(2)) == epoch.addingTimeInterval(120))
        #expect(clock.factor == 60)
    }

    @Test("two processes with the same settings read the same time, and so does one that starts later")
    func agreement() throws {
        let settings = Settings(environment: [
            "MENDLOOP_TIME_EPOCH": "2026-11-21T01:12:00Z", "MENDLOOP_TIME_SCALE": "1440",
        ])
        let first = try DomainClock(settings: settings)
        let later = try DomainClock(settings: settings)
        let real = epoch.addingTimeInterval(60)
        #expect(first.domainTime(atReal: real) == epoch.addingTimeInterval(86_400))
        #expect(first.domainTime(atReal: real) == later.domainTime(atReal: real))
    }

    @Test("a four-hour deadline on a clock that runs 1440 times faster is ten real seconds away")
    func realDelay() {
        let clock = DomainClock.scaled(epoch: .now, factor: 1440)
        let delay = clock.realDelay(until: clock.now().addingTimeInterval(4 * 3600))
        #expect(delay <= .seconds(10) && delay > .seconds(5))
        #expect(clock.realDelay(until: clock.now().addingTimeInterval(-1)) == .zero)
        #expect(clock.realDelay(until: .distantFuture) <= .seconds(366 * 86_400))
    }

    @Test("a manual clock moves only when its owner moves it, and every copy of it moves along")
    func manual() {
        let time = ManualTime(epoch)
        let clock = DomainClock.manual(time)
        let copy = clock
        #expect(clock.now() == epoch)
        time.advance(by: .seconds(7200))
        #expect(copy.now() == epoch.addingTimeInterval(7200))
        #expect(clock.realDelay(until: epoch.addingTimeInterval(7260)) == .seconds(60))
    }

    @Test("time without settings is real; half of the settings, or a wrong one, is an error that names the variable")
    func settings() throws {
        #expect(try DomainClock(settings: Settings(environment: [:])).factor == 1)
        let epoch = "2026-11-21T01:12:00Z"
        let wrong: [([String: String], String)] = [
            (["MENDLOOP_TIME_SCALE": "10"], "MENDLOOP_TIME_EPOCH"),
            (["MENDLOOP_TIME_EPOCH": epoch], "MENDLOOP_TIME_SCALE"),
            (["MENDLOOP_TIME_EPOCH": "yesterday", "MENDLOOP_TIME_SCALE": "10"], "MENDLOOP_TIME_EPOCH"),
            (["MENDLOOP_TIME_EPOCH": epoch, "MENDLOOP_TIME_SCALE": "1441"], "MENDLOOP_TIME_SCALE"),
            (["MENDLOOP_TIME_EPOCH": epoch, "MENDLOOP_TIME_SCALE": "0"], "MENDLOOP_TIME_SCALE"),
        ]
        for (environment, named) in wrong {
            let error = #expect(throws: SettingsError.self) {
                try DomainClock(settings: Settings(environment: environment))
            }
            #expect(error?.description.hasPrefix(named) == true, "\(environment) gave \(String(describing: error))")
        }
    }

    @Test("a service on scaled time says so as a warning; one on real time says nothing")
    func announced() {
        let lines = Mutex<[String]>([])
        let logger = Logger(label: "clock") { label in
            JSONLogHandler(
                label: label, service: "intake", instance: "a", level: .trace,
                output: LogOutput { line in lines.withLock { $0.append(line) } })
        }
        DomainClock.real.announce(to: logger)
        #expect(lines.withLock { $0 }.isEmpty)
        DomainClock.scaled(epoch: epoch, factor: 1440).announce(to: logger)
        let said = lines.withLock { $0 }
        #expect(said.count == 1 && said[0].contains(#""level":"warning""#) && said[0].contains("1440"))
    }

    @Test(
        "RFC 3339 instants are read with fractions and offsets, and written in UTC",
        arguments: [
            ("2026-11-21T01:12:00Z", "2026-11-21T01:12:00.000Z"),
            ("2026-11-21T09:12:00+08:00", "2026-11-21T01:12:00.000Z"),
            ("2026-11-21T01:12:00.250Z", "2026-11-21T01:12:00.250Z"),
        ])
    func rfc3339(text: String, written: String) throws {
        #expect(RFC3339.format(try #require(RFC3339.parse(text))) == written)
    }

    @Test("what is no instant is not read as one", arguments: ["", "2026-11-21", "now", "2026-13-01T00:00:00Z"])
    func notAnInstant(text: String) {
        #expect(RFC3339.parse(text) == nil)
    }
}
