import DomainContracts
import Foundation
import ServiceKit

/// Makes the tokens of customers' links and checks those that come back. On real time: a scaled clock must not void
/// links.
struct LinkDesk: Sendable {
    /// How long a link holds, seconds of real time.
    private static let validity: TimeInterval = 90 * 86_400

    let links: LinkSigner
    let realNow: @Sendable () -> Date

    init(links: LinkSigner, realNow: @escaping @Sendable () -> Date = { Date.now }) {
        self.links = links
        self.realNow = realNow
    }

    /// The token with which `C` may be sent about `subject`.
    func token<C: Command>(for type: C.Type, about subject: UUID) -> String {
        links.token(for: type, about: subject, expires: realNow().addingTimeInterval(Self.validity))
    }

    /// Whether the token allows `C` about `subject`.
    func holds<C: Command>(_ token: String, for type: C.Type, about subject: UUID) -> Bool {
        links.allows(token, type, about: subject, at: realNow())
    }
}
