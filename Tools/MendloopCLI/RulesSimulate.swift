import ArgumentParser
import DomainContracts
import Foundation

struct RulesSimulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Replay what came in under a draft: who would go, and what it would have cost.",
        discussion: """
            Both the rules in force and the draft decide the same work orders, engineers and bookings again, each order at \
            the time it came, as if everybody accepted: what differs is due to the rules. Nothing is changed.
            """)

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "The draft, as `rules show` prints it.", completion: .file())
    var file: String

    @Option(name: .long, help: "Work orders received from then on, such as 2026-11-01T00:00:00Z.")
    var from: Date?

    @Option(name: .long, help: "Work orders received before then.")
    var to: Date?

    func run() async throws {
        let rules = try JSONFile.read(DispatchRules.self, from: file)
        let door = try await stack.broker()
        let answer = try await door.ask(SimulateRules(rules: rules, from: from, to: to), patience: .seconds(60))
        await door.close()
        guard answer.errors.isEmpty else {
            for error in answer.errors { Terminal.note("\(error.pointer): \(error.detail)") }
            throw ExitCode.failure
        }
        print(output.isJSON ? try Output.json(answer) : answer.text)
    }
}

extension Date: @retroactive ExpressibleByArgument {
    public init?(argument: String) {
        guard let date = RFC3339.parse(argument) else { return nil }
        self = date
    }
}

extension RulesSimulated {
    var text: String {
        guard workOrders > 0 else { return "no work order came in then" }
        var table = TextTable(head: ["", "IN FORCE", "DRAFT"])
        func row(_ name: String, _ value: (SimulatedOutcome) -> String) {
            table.rows.append([name, value(current), value(draft)])
        }
        row("assigned") { "\($0.assigned)" }
        row("nobody may go") { "\($0.impossible)" }
        row("travel a visit, minutes") { String(format: "%.1f", $0.travelPerVisit) }
        row("arrival in time") { String(format: "%.1f %%", $0.arrivalShare * 100) }
        row("report to visit, hours") { String(format: "%.1f", Double($0.meanWaitMinutes) / 60) }
        row("visits of one engineer") { "\($0.fewestVisits)–\($0.mostVisits)" }
        var people = TextTable(head: ["ENGINEER", "VISITS", "DRAFT", "HOURS", "DRAFT"])
        for engineer in engineers where engineer.currentVisits + engineer.draftVisits > 0 {
            people.rows.append([
                engineer.name, "\(engineer.currentVisits)", "\(engineer.draftVisits)",
                String(format: "%.1f", Double(engineer.currentMinutes) / 60),
                String(format: "%.1f", Double(engineer.draftMinutes) / 60),
            ])
        }
        let names = Dictionary(engineers.map { ($0.engineerId, $0.name) }) { first, _ in first }
        func name(_ id: UUID?) -> String { id.map { names[$0] ?? $0.text } ?? "nobody" }
        let examples = examples.map { "  \($0.workOrderNumber)  \(name($0.from)) → \(name($0.to))" }
        let total = isCutOff ? "the first \(workOrders) work orders" : "\(workOrders) work orders"
        return
            (["\(elsewhere) of \(total) would go elsewhere.", "", table.text, "", people.text]
            + (examples.isEmpty ? [] : ["", "Some of them:"] + examples)).joined(separator: "\n")
    }
}

extension SimulatedOutcome {
    var travelPerVisit: Double { Double(travelMinutes) / Double(max(1, assigned)) }
    /// 0…1; 1 where nothing was promised.
    var arrivalShare: Double { arrivalsDue == 0 ? 1 : Double(arrivalsMet) / Double(arrivalsDue) }
}
