import DomainContracts
import ServiceKit

/// A user of the broker that stands outside Mendloop, and all that it may do there. Whatever is not said here it may not.
struct BrokerIdentity: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable {
        /// Says things for customers of one channel.
        case adapter
        /// Keeps books from billing's events.
        case finance
        /// Finance that keeps stock as well.
        case erp
    }

    let kind: Kind
    /// An adapter's channel, else a name of the operator's.
    let name: String

    /// - Parameter name: 1 to 40 lowercase letters, digits and `-`, a letter first: it stands in routing keys as one word.
    /// - Returns: nil for another name.
    init?(_ kind: Kind, _ name: String) {
        guard name.wholeMatch(of: /[a-z][a-z0-9-]{0,39}/) != nil else { return nil }
        self.kind = kind
        self.name = name
    }

    /// The broker's name for it.
    var user: String { kind == .adapter ? "adapter-\(name)" : "consumer-\(name)" }

    /// The one queue of its own: made with it, since it may make none.
    var queue: String { kind == .adapter ? "\(user).inbox" : "\(user).book" }

    /// What it may declare: nothing. An exchange of its own would have no keys to be held to, and lead to ours.
    var configure: String { "^$" }

    /// Where it may publish, and which queue it may bind. Not the default exchange, which leads past every key.
    var write: String {
        let exchanges = kind == .adapter ? "mendloop\\.commands" : "mendloop\\.(commands|queries)"
        return "^(\(exchanges)|\(Self.escaped(queue)))$"
    }

    /// What it may bind to and consume.
    var read: String {
        let log = kind == .adapter ? "" : "|mendloop\\.billing\\.log"
        return "^(mendloop\\.events\(log)|\(Self.escaped(queue)))$"
    }

    /// Keys on the topic exchanges: those it may publish with, and those it may bind.
    struct Keys: Sendable, Equatable {
        let exchange: String
        let write: String
        let read: String
    }

    var keys: [Keys] {
        switch kind {
        case .adapter:
            [
                Keys(exchange: MendloopTopology.commands, write: Self.keys(Self.said, lastWord: name), read: "^$"),
                Keys(
                    exchange: MendloopTopology.events, write: "^$",
                    read: Self.keys(Self.heard, lastWord: "v[0-9]+\\.\(name)")),
            ]
        case .finance, .erp:
            [
                Keys(
                    exchange: MendloopTopology.commands, write: Self.keys(Self.booked, lastWord: "finance"), read: "^$"),
                Keys(exchange: MendloopTopology.queries, write: Self.keys(Self.asked), read: "^$"),
                Keys(
                    exchange: MendloopTopology.events, write: "^$",
                    read: kind == .finance ? "^billing\\..+$" : "^(billing|inventory)\\..+$"),
            ]
        }
    }

    /// What customers say.
    private static let said = [
        ReportRepair.key, AppendMessage.key, CancelWorkOrder.key, DisputeEntitlement.key,
        WithdrawEntitlementDispute.key, ConfirmCompletion.key, DisputeCompletion.key,
        AcceptQuote.key, RefuseQuote.key, RebookSlot.key, AnswerSurvey.key, ConfirmDelivery.key,
    ]
    /// What becomes of it, and what they are to be told.
    private static let heard = ["intake.report-repair-rejected", "feedback.notification-requested"]
    /// What a finance system knows first.
    private static let booked = [RecordPayment.key, RecordTaxInvoice.key, ReplayLedger.key, ClosePeriod.key]

    /// What it holds its own book against.
    private static let asked = [LedgerTotalsQuery.key, DailyTotalsQuery.key, SettlementQuery.key]

    private static func keys(_ keys: [String], lastWord: String? = nil) -> String {
        "^(\(keys.map(escaped).joined(separator: "|")))" + (lastWord.map { "\\.\($0)$" } ?? "$")
    }

    private static func escaped(_ name: String) -> String { name.replacing(".", with: "\\.") }
}

extension Command {
    /// Without the last word that says by whom.
    fileprivate static var key: String { "\(service.rawValue).\(wireName)" }
}

extension Query {
    fileprivate static var key: String { routingKey }
}
