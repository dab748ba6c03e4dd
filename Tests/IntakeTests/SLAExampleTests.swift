import DomainContracts
import Foundation
import Testing

@testable import Intake

struct SLAExampleTests {
    private func example<D: Decodable>(_ name: String, as type: D.Type) throws -> D {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../examples/sla/\(name).json")
        return try WireJSON.decoder().decode(D.self, from: Data(contentsOf: file))
    }

    @Test("the example calendars are taken", arguments: ["berlin-calendar", "two-shifts-calendar"])
    func calendars(_ name: String) throws {
        var bench = IntakeBench().bench
        let calendar = try example(name, as: CalendarRules.self)
        #expect(try bench.send(SetBusinessCalendar(name: "own", calendar: calendar), to: SetCalendar()).version == 1)
    }

    @Test("the example service levels are taken, and promise what they say")
    func serviceLevels() throws {
        var intake = IntakeBench()
        #expect(try intake.publish(example("service-levels", as: ServiceLevelRules.self)).version == 2)
        var report = ReportRepair.full
        report.serviceType = .installation
        report.urgency = .low
        let order = try intake.opened(report)
        #expect(order.brief.priority == .p4)
        #expect(try intake.standing(order).targetSeconds == 9_000 * 60)
    }
}
