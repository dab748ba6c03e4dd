import DomainContracts
import Foundation
import ServiceKit

/// The signed links by which customers look and act, and what proves that a customer may.
struct CustomerLinks: Sendable {
    private let signer: LinkSigner
    /// Real time: a link's life is not part of the domain's.
    private let realNow: @Sendable () -> Date

    init(signer: LinkSigner, realNow: @escaping @Sendable () -> Date = { Date.now }) {
        self.signer = signer
        self.realNow = realNow
    }

    private static let followingLife: TimeInterval = 365 * 86_400

    /// The token by which the customer follows his request: purpose `service-request`, good for a year.
    func follow(_ request: UUID) -> String {
        signer.token(
            for: SignedLink(
                purpose: "service-request", subject: ServiceRequest.subject(request),
                expires: realNow() + Self.followingLife))
    }

    /// Whether a token is that of the link by which this request is followed.
    func follows(_ token: String, _ request: UUID) -> Bool {
        (try? signer.verify(token, for: "service-request", at: realNow()))?.subject == ServiceRequest.subject(request)
    }

    /// Customers' acts need the link's token, or the channel user who reported. What comes by a channelled key or with
    /// `authtype: customer` is a customer's act; users and engineers are vouched for by their broker user.
    func check(
        _ turn: Turn, token: String?, channelUserId: String?, purpose: SignedLink.Purpose, order: WorkOrder
    ) throws(Refusal) {
        guard turn.channel != nil || turn.envelope.authtype == "customer" else { return }
        if let token {
            let link = try? signer.verify(token, for: purpose, at: realNow())
            guard link?.subject == WorkOrder.subject(order.id) || link?.subject == order.id.text else {
                throw .forbidden("The link does not allow this", pointer: "/data/token")
            }
            return
        }
        guard let user = channelUserId, user == order.channelUserId, order.channel != ReportChannel.mail,
            turn.channel ?? order.channel == order.channel
        else {
            throw .forbidden("Only the customer may do this", pointer: "/data/channelUserId")
        }
    }
}
