import DomainContracts
import Foundation
import ServiceKit

/// How a command of the customer's is said without a link by whoever has signed in for him.
struct CustomerAccount<C: Command>: Sendable {
    private let links: LinkSigner
    private let order: @Sendable (C) -> UUID
    /// What stands before the order's id in the link's token, as the service that takes the command checks it.
    private let prefix: String
    private let give: @Sendable (inout C, String) -> Void

    /// When a token ends that is given now. It is used at once, and ends with the next day, so that the same command said again
    /// holds the same token.
    static func end(now: Date) -> Date {
        let day: TimeInterval = 86_400
        return Date(timeIntervalSince1970: ((now.timeIntervalSince1970 / day).rounded(.down) + 2) * day)
    }

    init(
        _ links: LinkSigner, _ order: @escaping @Sendable (C) -> UUID, subject prefix: String = "",
        _ give: @escaping @Sendable (inout C, String) -> Void
    ) {
        self.links = links
        self.order = order
        self.prefix = prefix
        self.give = give
    }

    /// Gives the command the token of the link that its customer was sent; nothing where nobody has signed in as a customer.
    ///
    /// - Throws: `DoorRefusal.notFound` for an order that is another's.
    func vouch(for command: inout C, _ call: Call, _ desk: ServiceDesk) async throws {
        guard let principal = call.principal, principal.roles == [.customer] else { return }
        let order = order(command)
        guard try await desk.scopes.isWithin(.order(order), Reach(of: principal, at: [.customer])) else {
            throw DoorRefusal.notFound
        }
        let link = SignedLink(
            purpose: .init(rawValue: C.wireName), subject: prefix + order.text,
            expires: Self.end(now: Date()))
        give(&command, links.token(for: link))
    }
}
