import AMQP
import ArgumentParser
import DomainContracts
import Foundation
import ServiceKit

struct Trigger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send an example of a command; print its key, its exact bytes and the reply.",
        discussion: "Without a name: the commands there are.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "The command, as report-repair or intake.report-repair.")
    var name: String?

    @Option(name: .long, help: "The channel of a command that has one: the last word of its key.")
    var channel = "wechat"

    @Option(name: .long, help: "A member's value, as /data/urgency=high or /data/minutes=5; may be given again.")
    var set: [String] = []

    @Option(name: .long, help: "The work order that /data/workOrderId means: WO-…, SR-… or an id.")
    var workOrder: WorkOrderReference?

    @Option(name: .long, help: "The message id, to send the same one again.")
    var id: String?

    @Option(name: .long, help: "How many, each with ids of its own; 1 to 1000.")
    var count = 1

    @Flag(name: .long, help: "Print what would be sent and send nothing.")
    var dryRun = false

    func validate() throws {
        guard (1...1_000).contains(count) else { throw ValidationError("--count is a number from 1 to 1000") }
        guard id == nil || count == 1 else { throw ValidationError("--id and --count do not go together") }
        _ = try set.map(MemberChange.init)
        if let name { _ = try Self.example(name) }
    }

    func run() async throws {
        guard let name else {
            for example in ContractExample.all { print(example.name) }
            return
        }
        let example = try Self.example(name)
        let door = dryRun && workOrder == nil ? nil : try await stack.broker()
        var changes = try set.map(MemberChange.init)
        if let workOrder, let door {
            let story = try await workOrder.resolve(door).text
            changes.insert(MemberChange(["data", "workOrderId"], story), at: 0)
        }
        var isRefused = false
        for _ in 0..<count {
            let message = try TriggeredMessage(example, channel: channel, id: id, changes: changes)
            for pointer in message.open {
                Terminal.note("\(pointer) is made up: name a real one with --set \(pointer)=…")
            }
            var exchange = TriggeredExchange(message)
            if let door, !dryRun {
                exchange.note(try await door.send(message.outgoing, to: example.command.service))
            }
            Terminal.line(output.isJSON ? try Output.jsonLine(exchange) : exchange.text)
            isRefused = isRefused || exchange.replyType.map { $0 != example.command.acceptedType } ?? false
        }
        await door?.close()
        if isRefused { throw ExitCode.failure }
    }

    private static func example(_ name: String) throws -> ContractExample {
        let found = ContractExample.named(name)
        if found.count > 1 {
            throw ValidationError("which one: \(found.map(\.name).joined(separator: " or "))?")
        }
        guard let example = found.first else {
            throw ValidationError("there is no example of “\(name)”; ./mendloop trigger lists them")
        }
        return example
    }
}

/// `/data/urgency=high`
struct MemberChange: Sendable {
    let pointer: [String]
    let value: JSONValue
    /// The value as it was typed.
    let text: String

    init(_ pointer: [String], _ value: String) {
        self.pointer = pointer
        self.value = .string(value)
        text = value
    }

    /// The value is JSON where it reads as such, else text.
    init(_ text: String) throws {
        guard text.hasPrefix("/"), let equals = text.firstIndex(of: "=") else {
            throw ValidationError("“\(text)” is no /pointer=value")
        }
        pointer = text[..<equals].dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
        let typed = String(text[text.index(after: equals)...])
        self.text = typed
        value = (try? WireJSON.decoder().decode(JSONValue.self, from: Data(typed.utf8))) ?? .string(typed)
    }
}
