import ArgumentParser
import DomainContracts
import Foundation
import ServiceKit

struct Candidates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who could go to a work order now, why, and which times its customer can be offered.",
        discussion: "Nothing is offered by it. `dispatch.assign` gives the order to one of them, at one of the times.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "Its number (WO-…), its request's number (SR-…), or its id.")
    var workOrder: WorkOrderReference

    @Option(name: .long, help: "How many times, 1 to 20.")
    var count = 5

    @Option(name: .long, help: "How many minutes the customer is to wait at home, 15 to 720.")
    var window = 120

    func run() async throws {
        let now = try DomainClock(settings: Settings()).now()
        let door = try await stack.broker()
        let id = try await workOrder.resolve(door)
        let answer = try await door.ask(CandidatesQuery(workOrderId: id, at: now, count: count, windowMinutes: window))
        await door.close()
        print(output.isJSON ? try Output.json(answer) : answer.text)
    }
}

extension CandidatesAnswer {
    fileprivate var text: String {
        guard let decision else { return "nobody is needed" }
        var table = TextTable(head: ["FROM", "TO", "DETOUR", "WHO"])
        for slot in slots {
            let name = decision.verdicts.first { $0.engineerId == slot.engineerId }?.name ?? slot.engineerId.text
            table.rows.append([
                Moment.text(slot.window.start), Moment.text(slot.window.end), "\(slot.travelMinutes) min", name,
            ])
        }
        return slots.isEmpty ? decision.text() : "\(decision.text())\n\n\(table.text)"
    }
}
