import DomainContracts
import Foundation
import ServiceKit

/// Whether the customer's word on a quote may be taken: by the token of his signed link, or from our own people, whom
/// console and the engineer's app vouch for.
struct CustomerDoor: Sendable {
    let links: LinkSigner
    /// Real time: links are not of the domain, and a scaled clock must not void them.
    let realNow: @Sendable () -> Date

    init(links: LinkSigner, realNow: @escaping @Sendable () -> Date = { Date.now }) {
        self.links = links
        self.realNow = realNow
    }

    func admit<C: Command>(_ type: C.Type, subject: UUID, token: String?, _ turn: Turn) throws(Refusal) {
        let isOwn = turn.envelope.authtype == "user" || turn.envelope.authtype == "engineer"
        if turn.channel == nil && isOwn { return }
        guard let token else {
            throw .forbidden("The customer's word needs his link's token", pointer: "/data/token")
        }
        do throws(SignedLinkError) {
            let link = try links.verify(token, for: SignedLink.Purpose(rawValue: C.wireName), at: realNow())
            guard link.subject == subject.text else { throw .forged }
        } catch {
            throw .forbidden("The link's token does not hold for this", pointer: "/data/token")
        }
    }
}
