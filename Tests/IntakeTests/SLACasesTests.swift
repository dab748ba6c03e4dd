import DomainContracts
import Foundation
import Testing

@testable import Intake

/// Clocks against what a program in Python counted minute by minute: Cases/generate_sla_cases.py.
struct SLACasesTests {
    struct Cases: Decodable {
        let calendars: [CalendarRules]
        let cases: [Case]
    }

    struct Case: Decodable {
        let events: [Event]
        let now: Double
        let expected: Expected
    }

    struct Event: Decodable {
        let what: ClockEvent.What
        let at: Double
        let target: Int?
        let calendar: Int?
    }

    struct Expected: Decodable, Equatable {
        let elapsed: Double
        let paused: Double
        let due: Double?
        let status: String
    }

    private static let read = Result {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases/sla_cases.json")
        return try JSONDecoder().decode(Cases.self, from: Data(contentsOf: file))
    }

    @Test("what a clock has used, what pauses took out and when it is due are as counted, to the second")
    func arithmetic() throws {
        let cases = try Self.read.get()
        var calendars = Calendars()
        for (number, rules) in cases.calendars.enumerated() {
            calendars.add(try CalendarReader.calendar(rules), as: Self.ref(number))
        }
        #expect(cases.calendars.count == 40)
        #expect(cases.cases.count == 600)
        for (number, each) in cases.cases.enumerated() {
            let reading = try Self.clock(each).reading(at: Date(timeIntervalSince1970: each.now), calendars)
            let found = Expected(
                elapsed: reading.elapsedSeconds.rounded(), paused: reading.pausedSeconds,
                due: reading.dueAt?.timeIntervalSince1970.rounded(), status: reading.status.rawValue)
            #expect(found == each.expected, "case \(number)")
        }
    }

    private static func ref(_ number: Int) -> CalendarRef { CalendarRef(name: "c\(number)", version: 1) }

    private static func clock(_ each: Case) throws -> SLAClock {
        let first = try #require(each.events.first)
        var clock = SLAClock(
            .resolution, calendar: ref(try #require(first.calendar)), targetSeconds: try #require(first.target),
            startedAt: Date(timeIntervalSince1970: first.at))
        for event in each.events.dropFirst() {
            let at = Date(timeIntervalSince1970: event.at)
            switch event.what {
            case .targetChanged:
                clock.change(target: try #require(event.target), at: at, policyVersion: 2, clause: "")
            case .calendarChanged: clock.change(calendar: ref(try #require(event.calendar)), at: at)
            case .started, .paused, .resumed, .stopped, .voided: clock.record(event.what, at: at)
            }
        }
        return clock
    }
}
