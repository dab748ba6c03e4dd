import ArgumentParser
import DomainContracts
import Foundation

struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Why each SLA clock of a work order stands where it stands: started, paused because, resumed, due, told.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Option(name: .long, help: "en or zh.")
    var language = ClockWords.en

    @Argument(help: "Its number (WO-…), its request's number (SR-…), or its id.")
    var workOrder: WorkOrderReference

    func run() async throws {
        let door = try await stack.broker()
        let id = try await workOrder.resolve(door)
        let timeline = try await door.ask(SLATimelineQuery(workOrderId: id))
        await door.close()
        guard timeline.found else { throw NoSuchWorkOrder(text: workOrder.text) }
        print(output.isJSON ? try Output.json(timeline) : timeline.text(in: language))
    }
}
