import DomainContracts
import Foundation

/// Who says something to Mendloop: the envelope's source and authentication context.
struct Speaker: Sendable, Hashable {
    var source: String
    var authtype: String
    var authid: String

    /// The adapter of a channel, for itself.
    static func adapter(_ channel: String) -> Speaker {
        Speaker(source: "/adapters/\(channel)", authtype: "adapter", authid: channel)
    }

    /// A customer through the adapter of his channel.
    static func customer(_ channel: String, _ name: String) -> Speaker {
        Speaker(source: "/adapters/\(channel)", authtype: "customer", authid: name)
    }

    /// An engineer through his app.
    static func engineer(_ id: UUID) -> Speaker {
        Speaker(source: "/engineer-app", authtype: "engineer", authid: id.text)
    }

    /// One of our own people at the console.
    static func user(_ name: String) -> Speaker {
        Speaker(source: "/console", authtype: "user", authid: name)
    }

    static let finance = Speaker(source: "/finance", authtype: "user", authid: "finance")
}
