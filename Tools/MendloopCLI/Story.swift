import ArgumentParser
import DomainContracts
import Foundation

struct Story: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Everything that happened to one work order, in all services, in order.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "Its number (WO-…), its request's number (SR-…), or its id.")
    var workOrder: WorkOrderReference

    func run() async throws {
        let door = try await stack.broker()
        let id = try await workOrder.resolve(door)
        var steps: [ToldStep] = []
        var silent: [String] = []
        for service in door.services {
            do {
                let answer: StoryAnswer = try await door.ask(service, Operations.story, StoryQuery(workOrderId: id))
                steps += answer.steps.map { ToldStep(service: service.rawValue, step: $0) }
            } catch let fault as BrokerFault {
                silent.append("\(fault)")
            }
        }
        await door.close()
        if steps.isEmpty && silent.isEmpty { throw NoSuchWorkOrder(text: workOrder.text) }
        steps = ToldStep.inOrder(steps)
        print(output.isJSON ? try Output.json(steps) : ToldStep.text(steps))
        for fault in silent { Terminal.note("the story lacks a part: \(fault)") }
        if !silent.isEmpty { throw ExitCode.failure }
    }
}

/// One step of a story and the service that tells it.
struct ToldStep: Codable, Equatable {
    var service: String
    var step: StoryStep

    /// By the time it was recorded; what was recorded at the same moment by service and version.
    static func inOrder(_ steps: [ToldStep]) -> [ToldStep] {
        steps.sorted {
            ($0.step.recordedAt, $0.service, $0.step.aggregate, $0.step.version)
                < ($1.step.recordedAt, $1.service, $1.step.aggregate, $1.step.version)
        }
    }

    static func text(_ steps: [ToldStep]) -> String {
        var table = TextTable(head: ["RECORDED", "SERVICE", "WHAT", "VERSION", "EVENT", "STATUS", "WHO", "BECAUSE OF"])
        for told in steps {
            let step = told.step
            table.rows.append([
                Moment.text(step.recordedAt), told.service, "\(step.aggregate) \(ending(of: step.aggregateId))",
                "\(step.version)", step.event, step.status ?? "-", who(step), short(step.messageType),
            ])
        }
        return table.text
    }

    /// The end of an id: the part in which ids made at the same time differ.
    private static func ending(of id: UUID) -> String { "…" + id.text.suffix(6) }

    private static func who(_ step: StoryStep) -> String {
        guard let type = step.actorType else { return "-" }
        guard let id = step.actorId, id != type else { return type }
        return UUID(uuidString: id) == nil ? "\(type) \(id)" : "\(type) …\(id.suffix(6))"
    }

    /// `mendloop.intake.report-repair.v1` without what all have.
    private static func short(_ type: String) -> String {
        let words = type.split(separator: ".")
        return words.count > 3 && words[0] == "mendloop" ? words[1...(words.count - 2)].joined(separator: ".") : type
    }
}
