import AMQP

/// The events that a command caused, which its reply names in a header: who asked can wait until a reader has seen them.
package enum ToldEvents {
    package struct Told: Sendable, Equatable {
        package let id: String
        package let type: String
    }

    /// `id type`, with commas between; empty where nothing was told.
    static let header = "mendloop-told"

    static func text(_ told: [Told]) -> String { told.map { "\($0.id) \($0.type)" }.joined(separator: ",") }

    /// What a reply names; nil where it says nothing of it, as one that is given again.
    package static func named(in properties: AMQPProperties) -> [Told]? {
        guard case .string(let text)? = properties.headers[header] else { return nil }
        return text.split(separator: ",").compactMap { part in
            let words = part.split(separator: " ")
            return words.count == 2 ? Told(id: String(words[0]), type: String(words[1])) : nil
        }
    }
}
