import Foundation
import Testing

@testable import Routing

@Suite("Files of routes")
struct FormatTests {
    private static let solomon = """
        TINY\r
        \r
        VEHICLE\r
        NUMBER     CAPACITY\r
          2          10\r
        \r
        CUSTOMER\r
        CUST NO.   XCOORD.   YCOORD.   DEMAND   READY TIME   DUE DATE   SERVICE TIME\r
            0      0     0    0    0   100    0\r
            1      1     1    4    0    50   10\r
            2      2     3    4    5    60   10\r
        """

    @Test("a Solomon file is read, whatever ends its lines; distances follow the convention")
    func reads() throws {
        let instance = try SolomonInstance(Self.solomon)
        #expect(instance.vehicles == 2 && instance.capacity == 10 && instance.customers.count == 3)
        let dimacs = try instance.problem(.dimacs)
        // √2 is 1.41…: cut off after one decimal it is 1.4, and exactly it is rounded up.
        #expect(dimacs.travel[0, 1] == 14)
        #expect(try instance.problem(.double).travel[0, 1] == 14_143)
        #expect(dimacs.jobs[1].windows == [50...600])
        let plan = RoutingPlan(routes: [[0, 1], []], unserved: [])
        #expect(abs(instance.length(of: plan, .dimacs) - (1.4 + 2.2 + 3.6)) < 1e-9)
        #expect(
            abs(instance.length(of: plan, .double) - (2.0.squareRoot() + 5.0.squareRoot() + 13.0.squareRoot())) < 1e-9)
    }

    @Test("what is no Solomon file says what it lacks")
    func refuses() {
        for (text, word) in [
            ("", "capacity"), ("2 10", "depot"),
            (Self.solomon.replacing("    1      1", with: "    7      1"), "customer 1"),
            (Self.solomon.replacing("5    60", with: "70    60"), "customer 2"),
            (Self.solomon.replacing("60   10", with: "60   1e300"), "service"), ("1e99 10", "capacity"),
            (Self.solomon.replacing("60   10", with: "60"), "customer 2"),
            (Self.solomon.replacing("2      2     3", with: "2   2e30     3"), "distances"),
        ] {
            let error = #expect(throws: RoutingProblemError.self) { try SolomonInstance(text).problem(.dimacs) }
            #expect(error?.description.contains(word) == true)
        }
    }

    @Test("a technician's day is read; weight comes before any travel")
    func technician() throws {
        let problem = try day().problem()
        #expect(problem.jobs[0].prize > problem.vehicles[0].shift.count)
        #expect(problem.jobs[1].prize == problem.jobs[0].prize * 5 / 2)
        #expect(problem.jobs[1].windows == [10...20, 30...40])
        #expect(!problem.allows(0, 1))
        #expect(problem.jobs.map(\.delay) == [0, 250])
        #expect(problem.jobs.map(\.surcharges) == [[:], [0: 600]])
        #expect(problem.jobs.map(\.lateness) == [nil, TimePrice(from: 35, price: 2_000)])
        #expect(problem.vehicles.map(\.overtime) == [TimePrice(from: 80, price: 1_500)])
        #expect(problem.vehicles.map(\.load) == [LoadPrice(price: 9_259)])
        #expect(problem.vehicles.map(\.pause) == [Pause(window: 40...50, length: 6)])
    }

    @Test("nothing that a plan may cost comes before a thousandth of a job's weight")
    func weightFirst() throws {
        let text = Self.technicianText.replacing(#""lateCost": 2"#, with: #""lateCost": 2, "plannedFor": "E""#)
            .replacing(#"{"travelSeconds""#, with: #"{"reassignmentSeconds": 5000, "travelSeconds""#)
        let problem = try TechnicianDay(file: Data(text.utf8)).problem()
        // The shift and its overtime, delay and lateness of the second job, its engineer, and that he did not have it.
        #expect(problem.jobs[0].prize / 1_000 >= 101 + 30 + 22 + 130 + 600 + 5_000)
    }

    @Test("where a weight is worth so much travel, a job farther away than that is left out")
    func worth() throws {
        func plan(_ weightSeconds: String) throws -> RoutingPlan {
            let text = Self.technicianText.replacing(
                #"{"travelSeconds""#, with: #"{"weightSeconds": \#(weightSeconds), "travelSeconds""#)
            // There and back is 18 seconds.
            let problem = try TechnicianDay(file: Data(text.utf8)).problem()
            return PooledSISR().improve(problem, from: nil, budget: .rounds(100), seed: 1) { _, _ in true }
        }
        #expect(try plan("19").routes == [[0]])
        #expect(try plan("17").routes == [[]])
    }

    @Test(
        "what is wrong in a technician's day is named",
        arguments: [
            (#""location": 1"#, #""location": 7"#, "job 0"), ("[30, 40]", "[40, 30]", "job b: window"),
            (#""weight": 2.5"#, #""weight": -1"#, "job b: weight"), ("[0, 9], [9, 0]", "[0, 9], [9]", "columns"),
            (#""shift": [0, 100]"#, #""shift": [0]"#, "engineer E: shift"),
            ("[10, 20]", "[10, 2000000000]", "window"),
            (#""delayCost": 0.25"#, #""delayCost": 11"#, "job b: delayCost"),
            (#""lateCost": 2"#, #""other": 2"#, "job b: lateCost and dueSeconds go together"),
            (#""overtimeCost": 1.5"#, #""overtimeCost": -1"#, "engineer E: overtimeCost is a number from 0 to 10"),
            (#""balanceSeconds": 120"#, #""balanceSeconds": 1001"#, "balanceSeconds is a number from 0 to 1000"),
            (#""balanceSeconds": 120"#, #""weightSeconds": -1"#, "weightSeconds is a number from 0 to 10000000"),
            ("[40, 50]", "[50]", "engineer E: break"), (#""seconds": 6"#, #""seconds": 0"#, "vehicle 0: a break"),
            (#"{"E": 600}"#, #"{"F": 600}"#, "job b: engineerCosts: there is no engineer F"),
        ])
    func faults(part: String, replacement: String, word: String) throws {
        let text = Self.technicianText.replacing(part, with: replacement)
        let error = #expect(throws: RoutingProblemError.self) {
            try TechnicianDay(file: Data(text.utf8)).problem()
        }
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "no error")")
    }

    @Test("windows that touch or overlap are one", arguments: ["[10, 30]", "[10, 35]", "[10, 12], [11, 31], [12, 20]"])
    func touching(windows: String) throws {
        let text = Self.technicianText.replacing("[10, 20]", with: windows)
        let problem = try TechnicianDay(file: Data(text.utf8)).problem()
        #expect(problem.jobs[1].windows == [10...40])
    }

    private static let technicianText = """
        {"travelSeconds": [[0, 9], [9, 0]], "balanceSeconds": 120,
         "jobs": [{"id": 5, "location": 1, "serviceSeconds": 3, "windows": [[0, 90]]},
                  {"id": "b", "location": 0, "serviceSeconds": 3, "windows": [[30, 40], [10, 20]], "priority": 1,
                   "weight": 2.5, "skills": [4], "delayCost": 0.25, "engineerCosts": {"E": 600},
                   "dueSeconds": 35, "lateCost": 2}],
         "engineers": [{"id": "E", "start": 0, "end": 0, "shift": [0, 100], "overtimeFrom": 80, "overtimeCost": 1.5,
                        "break": {"window": [40, 50], "seconds": 6}}]}
        """

    private func day() throws -> TechnicianDay {
        try TechnicianDay(file: Data(Self.technicianText.utf8))
    }
}
