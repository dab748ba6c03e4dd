import DomainContracts

/// A message of the catalogue as the document lists it: what it is called, what it holds, where it goes.
struct WireMessage {
    let example: GoldenExample
    /// Key on its exchange, with `{channel}` or `{status}` where the last word is one; nil for replies.
    let address: String?
    /// Types of the answers, in the replies folder.
    var answers: [GoldenExample] = []

    /// Its key in the document: types alone are not unique, since a rejected report is both answered and told.
    var key: String { Self.key(example) }

    /// Answered with accepted or rejected.
    var isCommand: Bool { answers.contains { $0.type.contains("-accepted.") } }

    static func key(_ example: GoldenExample) -> String { "\(example.folder.rawValue).\(example.type)" }

    static let commands = MessageCatalogue.commands.map { command($0) }
    static let events = MessageCatalogue.events.map { event($0) }
    static let queries = MessageCatalogue.queries.map { query($0) }
    static let operations: [WireMessage] = [
        operation(Operations.dead, question: 0), operation(Operations.story, question: 2),
        operation(Operations.settleDeadLetters, question: 4), operation(Operations.republish, question: 6),
    ]

    private static func command<C: Command>(_ command: C.Type) -> WireMessage {
        let examples = GoldenExample.ofCommand(command)
        return WireMessage(
            example: examples[0], address: C.routingKey(channel: C.isChannelled ? "{channel}" : nil),
            answers: Array(examples.dropFirst()))
    }

    private static func event<E: Event>(_ event: E.Type) -> WireMessage {
        WireMessage(
            example: GoldenExample.ofEvent(event), address: E.routingKey(lastWord: E.lastWord.map { "{\($0)}" }))
    }

    private static func query<Q: Query>(_ query: Q.Type) -> WireMessage {
        let examples = GoldenExample.ofQuery(query)
        return WireMessage(example: examples[0], address: Q.routingKey, answers: Array(examples.dropFirst()))
    }

    private static func operation(_ name: String, question: Int) -> WireMessage {
        let examples = GoldenExample.ofOperations
        return WireMessage(
            example: examples[question], address: "{service}.\(name)", answers: [examples[question + 1]])
    }
}
