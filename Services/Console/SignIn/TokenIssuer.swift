import DomainContracts
import Foundation
import ServiceKit

/// Makes the tokens of those who sign in here, with the key that they are checked with.
struct TokenIssuer: Sendable {
    /// Seconds for which a token holds: as long as somebody who is blocked may still be in.
    static let life: TimeInterval = 900

    let secret: String
    var issuer: String?
    var audience: String?

    func token(of user: User, at now: Date) throws -> String {
        try BearerToken.make(
            for: user.subject, roles: user.roles.map(\.rawValue), until: now + Self.life, secret: secret,
            scope: BearerToken.Scope(
                engineer: user.engineerId?.text, customer: user.customerId?.text, regions: user.regionCodes),
            user: user.person, issuer: issuer, audience: audience)
    }
}
