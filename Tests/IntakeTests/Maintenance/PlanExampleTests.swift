import DomainContracts
import Foundation
import Testing

@testable import Intake

@Suite("The examples of maintenance plans")
struct PlanExampleTests {
    @Test("the documented plan is one, and falls due as it says")
    func document() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "../../../examples/maintenance/plan.json")
        let terms = try WireJSON.decoder().decode(MaintenancePlanTerms.self, from: Data(contentsOf: path))
        let calendar = Calendars.shipped[.workingHours]
        #expect(MaintenancePlanReader.problems(terms, calendars: ["working_hours"], calendar: calendar) == [])
        let days = try #require(DueDays(terms.schedule, calendar: calendar))
        // 2027-01-31 is a Sunday.
        #expect(
            days.next(3, after: nil, visitFrom: days.first.adding(days: -9)).map(\.visitOn.text) == [
                "2027-01-29", "2027-04-30", "2027-07-30",
            ])
    }
}
