import DomainContracts
import FoundationEssentials

/// Whether the customer's word may be taken: by the token of his signed link, or from our own people, whom console and
/// the engineer's app vouch for.
public struct CustomerDoor: Sendable {
    private let links: LinkSigner
    /// Real time: links are not of the domain, and a scaled clock must not void them.
    private let realNow: @Sendable () -> Date

    public init(links: LinkSigner, realNow: @escaping @Sendable () -> Date = { Date.now }) {
        self.links = links
        self.realNow = realNow
    }

    /// Throws a refusal when the customer has to say it himself and has not shown that he is it.
    ///
    /// - Parameter subject: the id the command acts on.
    /// - Returns: true when it is our own people who say so for the customer.
    @discardableResult
    public func admit<C: Command>(
        _ type: C.Type, subject: UUID, token: String?, _ turn: Turn
    ) throws(Refusal) -> Bool {
        if turn.isStaffs { return true }
        guard let token else {
            throw .forbidden("The customer's word needs his link's token", pointer: "/data/token")
        }
        guard links.allows(token, type, about: subject, at: realNow()) else {
            throw .forbidden("The link's token does not hold for this", pointer: "/data/token")
        }
        return false
    }
}

extension Turn {
    /// Whether one of our own people says so, himself: no adapter, no customer and no program. Console and the engineer's app vouch
    /// for who they are; adapters speak under their channel's key.
    public var isStaffs: Bool { channel == nil && (envelope.authtype == "user" || envelope.authtype == "engineer") }
}
