import ArgumentParser
import DomainContracts
import Foundation

struct Story: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Everything that happened to one work order, in all services, in order, and what of it is not handled.",
        discussion: """
            Behind the steps stand its messages that wait or are dead, each with what is to be done. Where a service cannot be asked, \
            the cause is said as ./mendloop status has it, and it ends with 1.
            """)

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "Its number (WO-…), its request's number (SR-…), or its id.")
    var workOrder: WorkOrderReference

    func run() async throws {
        var story: ToldStory
        do {
            story = try await tell()
        } catch let fault as BrokerFault {
            story = ToldStory(silent: ["\(fault)"])
        }
        if story.isEmpty { throw NoSuchWorkOrder(text: workOrder.text) }
        if !story.silent.isEmpty { story.causes = (try? await StatusGatherer(stack: stack).report())?.faults ?? [] }
        print(output.isJSON ? try Output.json(story) : story.text)
        if !story.silent.isEmpty { throw ExitCode.failure }
    }

    private func tell() async throws -> ToldStory {
        let door = try await stack.broker()
        do {
            let story = try await ToldStory.told(of: try await workOrder.resolve(door), by: door)
            await door.close()
            return story
        } catch {
            await door.close()
            throw error
        }
    }
}

/// A work order's story as the services tell it.
struct ToldStory: Codable, Equatable {
    var steps: [ToldStep] = []
    var unhandled: [UnhandledMessage] = []
    /// Who could not be asked, in words.
    var silent: [String] = []
    /// What is wrong with the stack where somebody could not be asked, and what to do about it.
    var causes: [StatusReport.Fault] = []

    var isEmpty: Bool { steps.isEmpty && unhandled.isEmpty && silent.isEmpty }

    /// - Throws: when the broker is away; a service that does not answer is named in the story.
    static func told(of id: UUID, by door: BrokerDoor) async throws -> ToldStory {
        var story = ToldStory()
        for service in door.services {
            do {
                let answer: StoryAnswer = try await door.ask(service, Operations.story, StoryQuery(workOrderId: id))
                story.steps += answer.steps.map { ToldStep(service: service.rawValue, step: $0) }
                for state in ["dead", "parked"] {
                    let letters: DeadLetters = try await door.ask(
                        service, Operations.dead, DeadLettersQuery(state: state, story: id))
                    story.unhandled += letters.letters.map { UnhandledMessage($0, at: service) }
                }
            } catch BrokerFault.unreachable(let reason) {
                throw BrokerFault.unreachable(reason)
            } catch let fault as BrokerFault {
                story.silent.append("\(fault)")
            }
        }
        story.steps = ToldStep.inOrder(story.steps)
        return story
    }

    var text: String {
        var parts: [String] = []
        if !steps.isEmpty { parts.append(ToldStep.text(steps)) }
        if !unhandled.isEmpty { parts.append((["Not handled:"] + unhandled.map(\.text)).joined(separator: "\n")) }
        if !silent.isEmpty {
            let causes = causes.map { "  \($0.what)\n    → \($0.remedy)" }
            parts.append((silent.map { "The story lacks a part: \($0)" } + causes).joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }
}

/// A message of a story that waits, or is dead, and what is to be done about it.
struct UnhandledMessage: Codable, Equatable {
    var service: String
    var letter: DeadLetter
    var remedy: String

    init(_ letter: DeadLetter, at service: ServiceName) {
        self.service = service.rawValue
        self.letter = letter
        remedy = LetterExamination.remedy(of: letter, at: service.rawValue)
    }

    var text: String {
        let next = letter.nextAttemptAt.map { ", next try \(Moment.text($0))" } ?? ""
        return """
              \(service) \(letter.id) \(letter.state), \(letter.reason): \(letter.type ?? letter.routingKey)\(next)
                \(letter.detail.shortened(to: 160))
                → \(remedy)
            """
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
