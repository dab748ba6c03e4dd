import DomainContracts
import Foundation

/// Somebody outside who has a user of the broker, and what that may do: read from the definitions that set brokers up.
struct Outsider {
    let title: String
    /// Where his own page is, as HTML.
    let page: String
    let readsLog: Bool
    /// By exchange, what it may publish or bind.
    private let permitted: [String: String]
    private let lastWord: String
    /// It is one of many, and the last word is its own.
    private let hasChannels: Bool

    /// The key by which a message of this address may be published, or bound; nil: by none.
    func key(_ exchange: String, _ address: String) -> String? {
        guard let pattern = permitted[exchange], let expression = try? Regex(pattern) else { return nil }
        return [address, "\(address).{channel}"].first { key in
            let filled = key.replacing("{channel}", with: lastWord).replacing("{status}", with: "closed")
            return filled.wholeMatch(of: expression) != nil
        }.map { hasChannels ? $0 : $0.replacing("{channel}", with: lastWord) }
    }

    func may(_ exchange: String, _ address: String) -> Bool { key(exchange, address) != nil }

    /// An adapter, the web form's as one for all; a finance system; an ERP.
    static func all() throws -> [Outsider] {
        let definitions = try JSONDecoder().decode(Definitions.self, from: Data(contentsOf: Repository.identities))
        return [
            (
                "adapter-web", "An adapter",
                "<a href=\"adapters.md\">adapters.md</a>; <code>{channel}</code> is its own.", "web"
            ),
            (
                "consumer-finance", "A finance system",
                "<a href=\"finance.md\">finance.md</a>; its commands end in <code>.finance</code>.", "finance"
            ),
            ("consumer-erp", "An ERP", "As a finance system, and what inventory tells.", "finance"),
        ].map { user, title, page, word in
            let rights = definitions.topicPermissions.filter { $0.user == user }
            let permitted = rights.map { ($0.exchange, $0.write == "^$" ? $0.read : $0.write) }
            return Outsider(
                title: title, page: page,
                readsLog: definitions.permissions.contains { $0.user == user && $0.read.contains("billing\\.log") },
                permitted: Dictionary(uniqueKeysWithValues: permitted), lastWord: word,
                hasChannels: user.hasPrefix("adapter-"))
        }
    }

    private struct Definitions: Decodable {
        var permissions: [Permission]
        var topicPermissions: [TopicPermission]

        private enum CodingKeys: String, CodingKey {
            case permissions
            case topicPermissions = "topic_permissions"
        }
    }

    private struct Permission: Decodable {
        var user: String
        var read: String
    }

    private struct TopicPermission: Decodable {
        var user: String
        var exchange: String
        var read: String
        var write: String
    }
}
