import ArgumentParser
import DomainContracts

struct DeadShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One message whole: its payload, and what happened to it.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "The service whose letter it is.")
    var service: ServiceName

    @Argument(help: "The number in its list.")
    var id: Int

    func run() async throws {
        let door = try await stack.broker()
        let answer: DeadLetters = try await door.ask(service, Operations.dead, DeadLettersQuery(id: id))
        await door.close()
        guard let letter = answer.letters.first else { throw NoSuchLetter(service: service.rawValue, ids: [id]) }
        print(output.isJSON ? try Output.json(letter) : Self.text(letter, of: service.rawValue))
    }

    /// The longest payload that is printed; of others the beginning.
    private static let printed = 4_000

    static func text(_ letter: DeadLetter, of service: String) -> String {
        var lines = [
            "\(service) \(letter.id): \(letter.state), \(letter.reason)",
            "  \(letter.detail)",
            "",
            "message    \(letter.messageId) from \(letter.source)",
            "type       \(letter.type ?? "-")",
            "key        \(letter.routingKey)",
            "story      \(letter.story ?? "-")",
            "trace      \(letter.traceparent ?? "-")",
            "since      \(Moment.text(letter.parkedAt)), \(letter.attempts) tries",
        ]
        if let next = letter.nextAttemptAt { lines.append("next try   \(Moment.text(next))") }
        if let subject = letter.waitingFor { lines.append("waits for  \(subject)") }
        lines += ["", "what happened"] + entries(letter.log).map { "  \($0)" }
        lines += ["", "payload"]
        if let payload = letter.payload {
            lines.append(String(payload.prefix(printed)))
            if payload.utf8.count > printed {
                lines.append("… \(payload.utf8.count) bytes in all; --output json has them")
            }
        } else {
            lines.append("no text: the bytes are not UTF-8")
        }
        return lines.joined(separator: "\n")
    }

    private static func entries(_ log: JSONValue?) -> [String] {
        guard case .array(let entries) = log else { return [] }
        return entries.map { entry in
            guard case .object(let members) = entry else { return "" }
            return ["at", "reason", "detail"].compactMap {
                if case .string(let text) = members[$0] { text } else { nil }
            }.joined(separator: "  ")
        }
    }
}

/// The numbers named are none of a letter that could be meant.
struct NoSuchLetter: Error, CustomStringConvertible {
    let service: String
    let ids: [Int]

    var description: String {
        let numbers = ids.map(String.init).joined(separator: ", ")
        return "\(service) has no letter \(numbers): ./mendloop dead list --service \(service) --state all"
    }
}
