import ArgumentParser
import DomainContracts
import Foundation
import Routing

struct Route: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plan a file's routes and print them as JSON.",
        discussion: """
            Stops are customer numbers of a Solomon file, or job ids of a technician's day. Cost is distance in the \
            file's unit, or seconds of travel. docs/routing.md has the formats.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case solomon, technician }
    enum Objective: String, ExpressibleByArgument, CaseIterable { case distance, vehicles }

    @Argument(help: "The file.", completion: .file()) var file: String
    @Option(help: "What the file is.") var format: Format
    @Option(help: "Seconds to search.") var budget = 10.0
    @Option(help: "Other seeds find other plans.") var seed: UInt64 = 1
    @Option(help: "How many threads search; one.") var threads = 1
    @Option(help: "The least distance, or first the fewest vehicles.") var objective = Objective.distance
    @Option(help: "A plan to go on from, as this verb prints it; of a technician's day.", completion: .file())
    var from: String?
    @Option(help: "How a Solomon file's distances become numbers.") var convention = SolomonInstance.Convention.dimacs

    func validate() throws {
        guard threads == 1 else { throw ValidationError("--threads is 1: the search is of one thread") }
        guard from == nil || format == .technician else {
            throw ValidationError("--from goes with --format technician")
        }
        guard budget > 0, budget <= 86_400 else { throw ValidationError("--budget is above 0 and at most 86400") }
    }

    func run() throws {
        guard let data = try? Data(contentsOf: URL(filePath: file), options: .mappedIfSafe) else {
            throw ValidationError("\(file) cannot be read")
        }
        let result: Result
        do {
            result =
                switch format {
                case .solomon: try solomon(String(decoding: data, as: UTF8.self))
                case .technician: try technician(data)
                }
        } catch let error as RoutingProblemError {
            throw ValidationError("\(file): \(error)")
        } catch let error as DecodingError {
            let problem = WireJSON.problem(from: error)
            let faults = problem.errors.map { "\($0.pointer) \($0.detail)" }
            throw ValidationError("\(file): \(faults.first ?? problem.detail ?? problem.title)")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
    }

    private func solomon(_ text: String) throws -> Result {
        let instance = try SolomonInstance(text)
        let problem = try instance.problem(convention)
        let (plan, seconds, _) = try search(problem, from: nil)
        return Result(plan, of: problem, seconds, cost: instance.length(of: plan, convention)) { .number($0 + 1) }
    }

    private func technician(_ data: Data) throws -> Result {
        let day = try TechnicianDay(file: data)
        let problem = try day.problem()
        let (plan, seconds, travel) = try search(problem, from: try start(day, problem)?.fitting(problem))
        return Result(plan, of: problem, seconds, cost: Double(travel)) { day.jobs[$0].id }
    }

    private func start(_ day: TechnicianDay, _ problem: RoutingProblem) throws -> RoutingPlan? {
        guard let from else { return nil }
        guard let data = FileManager.default.contents(atPath: from) else {
            throw ValidationError("\(from) cannot be read")
        }
        guard let before = try? JSONDecoder().decode(TechnicianPlan.self, from: data) else {
            throw ValidationError("\(from) is no plan as this verb prints it")
        }
        return day.plan(before, for: problem)
    }

    /// What is printed has passed the evaluator.
    private func search(
        _ problem: RoutingProblem, from start: RoutingPlan?
    ) throws -> (RoutingPlan, seconds: Double, travel: Int) {
        let began = ContinuousClock.now
        let optimizer: any RouteOptimizer = objective == .vehicles ? SmallestFleet() : PooledSISR()
        let plan = optimizer.improve(problem, from: start, budget: .time(.seconds(budget)), seed: seed) { _, _ in true }
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        return (plan, seconds, try PlanEvaluator(problem).evaluate(plan).travel)
    }

    struct Result: Encodable {
        var routes: [TechnicianPlan.Route]
        var together: [TechnicianPlan.Start]?
        var unserved: [JobID]
        var cost: Double
        var seconds: Double

        init(
            _ plan: RoutingPlan, of problem: RoutingProblem, _ seconds: Double, cost: Double, name: (Int) -> JobID
        ) {
            let told = TechnicianPlan(plan, of: problem, name: name)
            (routes, together) = (told.routes, told.together)
            unserved = plan.unserved.map(name)
            self.cost = cost
            self.seconds = seconds
        }
    }
}

extension SolomonInstance.Convention: ExpressibleByArgument {}
