import Testing

@testable import Simulation

@Suite("Where repair cases come from")
struct RepairCaseTests {
    @Test("rows of the Open Repair Data Standard become repair cases")
    func openRepair() throws {
        let header =
            "id,data_provider,country,partner_product_category,product_category,product_category_id,brand,"
            + "year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem"
        let text = """
            \(header)
            x_1,P,GBR,Electrical ~ Iron,Iron,40,Unknown,"","",Fixed,"",G,2017-04-01,"Iron
            broken"
            x_2,P,GBR,Electrical,Toaster,28,Acme,"","",End of life,Item too worn out,G,2017-04-01,""
            """
        let cases = try OpenRepairData.cases(text, name: "test")
        #expect(
            cases == [
                RepairCase(id: "x_1", category: "Iron", problem: "Iron\nbroken", result: .fixed, language: "en"),
                RepairCase(
                    id: "x_2", category: "Toaster", brand: "Acme", problem: nil, result: .endOfLife,
                    barrier: "Item too worn out", language: "en"),
            ])
        #expect(throws: SimulationError.unusableReports("test has no column product_category")) {
            try OpenRepairData.cases("id,problem\n1,x", name: "test")
        }
    }

    @Test("the set of our own is bilingual, and every id in it is unique however many are asked for")
    func builtIn() {
        let cases = BuiltInCases.cases(500)
        #expect(cases.count == 500)
        #expect(Set(cases.map(\.id)).count == 500)
        #expect(BuiltInCases.all.count >= 60)
        #expect(Set(BuiltInCases.all.map(\.language)) == ["zh-Hans", "en"])
        #expect(Set(BuiltInCases.all.map(\.result)) == Set(RepairCase.Result.allCases))
        #expect(BuiltInCases.all.contains { $0.problem == nil })
    }
}
