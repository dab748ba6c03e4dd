import ArgumentParser
import DomainContracts
import Foundation

struct Decisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Why an engineer was chosen for a work order, and why each other one was not.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "Its number (WO-…), its request's number (SR-…), or its id.")
    var workOrder: WorkOrderReference

    @Option(name: .long, help: "Only this engineer, by a part of his name or by his id.")
    var engineer: String?

    func run() async throws {
        let door = try await stack.broker()
        let id = try await workOrder.resolve(door)
        let answer = try await door.ask(DecisionsQuery(workOrderId: id))
        await door.close()
        print(output.isJSON ? try Output.json(answer.about(engineer)) : answer.text(about: engineer))
    }
}

extension EngineerVerdict {
    fileprivate func concerns(_ text: String?) -> Bool {
        guard let text else { return true }
        return name.localizedStandardContains(text) || engineerId.text == text.lowercased()
    }

    fileprivate var why: String {
        if let excludedBy { return "excluded by \(excludedBy)" }
        return terms.map { "\($0.rule) \($0.cost)" }.joined(separator: " + ")
    }
}

extension DecisionsAnswer {
    fileprivate func about(_ engineer: String?) -> DecisionsAnswer {
        var answer = self
        for index in answer.decisions.indices {
            answer.decisions[index].verdicts.removeAll { !$0.concerns(engineer) }
        }
        return answer
    }

    fileprivate func text(about engineer: String?) -> String {
        decisions.isEmpty
            ? "nothing has been decided about it"
            : decisions.map { $0.text(about: engineer) }.joined(separator: "\n\n")
    }
}

extension DecisionView {
    /// - Parameter engineer: only his line, by a part of his name or by his id; nil for everybody's.
    func text(about engineer: String? = nil) -> String {
        let outcome =
            emptiedBy.map { "nobody may go: \($0) excluded the last\(nearestText)" }
            ?? "\(assignmentId == nil ? "best is" : "offered to") \(chosenName)\(crewText)\(causeText)"
        var table = TextTable(head: ["ENGINEER", "COST", "COULD BEGIN", "WHY"])
        for verdict in verdicts where verdict.concerns(engineer) {
            table.rows.append([
                verdict.name, verdict.total.map(String.init) ?? "-", verdict.start.map(Moment.text) ?? "-", verdict.why,
            ])
        }
        return """
            \(Moment.text(decidedAt))  round \(round), rules version \(ruleSetVersion), \(considered) engineers: \(outcome)

            \(table.text)
            """
    }

    /// For the sake of what else than this visit.
    private var causeText: String {
        if let daySavedMinutes { return ", handed over by the day plan, which saves \(daySavedMinutes) min of travel" }
        if let madeRoomFor { return ", handed over to make room for \(madeRoomFor)" }
        return visitsMoved.map { ", to whom \($0 == 1 ? "a visit" : "\($0) visits") gave way" } ?? ""
    }

    /// Who could go if what were different.
    private var nearestText: String {
        guard let nearestRelaxation else { return "" }
        var terms = nearestRelaxation.parameters
        guard let engineer = terms.removeValue(forKey: "engineerId").flatMap(UUID.init(uuidString:)) else {
            return "; nearest: \(nearestRelaxation.code)"
        }
        let rules = terms.removeValue(forKey: "rules") ?? nearestRelaxation.code
        let details = terms.sorted { $0.key < $1.key }.map { "\($0) \($1)" }
        return (["; nearest: \(name(of: engineer)) but for \(rules)"] + details).joined(separator: ", ")
    }

    private var chosenName: String { engineerId.map(name) ?? "somebody" }

    /// Who goes along, and by which rule.
    private var crewText: String {
        guard let crew else { return "" }
        let missing = crew.wanted - crew.helpers.count
        let people = crew.helpers.map { name(of: $0.engineerId) } + (missing > 0 ? ["\(missing) yet to be found"] : [])
        return " with \(people.joined(separator: ", ")) (\(crew.rule))"
    }

    private func name(of engineer: UUID) -> String {
        verdicts.first { $0.engineerId == engineer }?.name ?? engineer.text
    }
}
