import DomainContracts
import Foundation
import ServiceKit

/// A JSON Web Token (RFC 7519) in compact form, as an identity provider gives it to somebody.
enum JSONWebToken {
    /// Nobody's clock is exact: seconds by which a token may be early or late.
    private static let leeway: TimeInterval = 60
    /// No provider's token is longer; a longer one is not worth the hashing.
    private static let longest = 8_192

    private struct Header: Decodable {
        var alg: String
        var kid: String?
        /// Extensions that must be understood; none is.
        var crit: [String]?
    }

    private struct Claims: Decodable {
        var sub: String?
        var exp: Double?
        var nbf: Double?
        var iss: String?
        var aud: Audience?
        var roles: [String]?
        var engineer: UUID?
        var customer: UUID?
        var regions: [String]?
        var user: UUID?

        private enum CodingKeys: String, CodingKey {
            case sub, exp, nbf, iss, aud, roles, engineer, customer, regions
            case user = "mendloop-user"
        }
    }

    /// One name or several.
    private struct Audience: Decodable {
        var names: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            names = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
        }
    }

    /// Whose token it is; nil unless it is signed by one of the keys, with that key's own algorithm, and holds now.
    static func principal(_ token: String, _ keys: SigningKeys, at now: Date) -> Principal? {
        guard token.utf8.count <= longest else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = decode(Header.self, parts[0]), header.crit == nil,
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        let isGenuine = keys.candidates(header.kid, header.alg).contains { $0.isSignature(signature, of: signed) }
        guard isGenuine, let claims = decode(Claims.self, parts[1]) else { return nil }
        return principal(claims, keys, at: now)
    }

    private static func principal(_ claims: Claims, _ keys: SigningKeys, at now: Date) -> Principal? {
        // A token without an end would be for ever.
        guard let exp = claims.exp, now.timeIntervalSince1970 < exp + leeway,
            claims.nbf.map({ now.timeIntervalSince1970 >= $0 - leeway }) ?? true,
            keys.issuer.map({ $0 == claims.iss }) ?? true,
            keys.audience.map({ claims.aud?.names.contains($0) ?? false }) ?? true,
            let subject = claims.sub, (1...200).contains(subject.count)
        else { return nil }
        return Principal(
            subject: subject, roles: Set((claims.roles ?? []).compactMap { Role(rawValue: $0) }),
            engineer: claims.engineer, customer: claims.customer, regions: claims.regions ?? [],
            user: claims.user)
    }

    private static func decode<T: Decodable>(_ type: T.Type, _ part: Substring) -> T? {
        Base64URL.decode(part).flatMap { try? JSONDecoder().decode(type, from: Data($0)) }
    }
}
