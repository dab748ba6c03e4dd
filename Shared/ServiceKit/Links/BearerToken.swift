import Crypto
import FoundationEssentials

/// Makes a token that console believes: console itself for whoever signs in, a developer's machine and tests for anybody. An identity
/// provider makes its own.
public enum BearerToken {
    private struct Header: Encodable {
        var alg = "HS256"
        var typ = "JWT"
    }

    private struct Claims: Encodable {
        var sub: String
        var roles: [String]
        /// Seconds since 1970.
        var exp: Int
        var iss: String?
        var aud: String?
        var engineer: String?
        var customer: String?
        var regions: [String]?
        var user: String?

        private enum CodingKeys: String, CodingKey {
            case sub, roles, exp, iss, aud, engineer, customer, regions
            case user = "mendloop-user"
        }
    }

    /// What its holder sees, where his roles show him a part of the company.
    public struct Scope: Sendable {
        /// The engineer that he is, and the customer for whom he speaks: ids.
        public var engineer: String?
        public var customer: String?
        /// Beginnings of region codes; none means everything.
        public var regions: [String]

        public init(engineer: String? = nil, customer: String? = nil, regions: [String] = []) {
            self.engineer = engineer
            self.customer = customer
            self.regions = regions
        }
    }

    /// A JSON Web Token (RFC 7519), signed with HS256.
    ///
    /// - Parameters:
    ///   - subject: a user's name or id, or an engineer's id.
    ///   - secret: as `MENDLOOP_JWT_SECRET`, at least 32 bytes.
    ///   - user: the id of console's own user, of whom `subject` may not be one's own.
    ///   - issuer: who makes it, and `audience` for whom, where console asks for them.
    public static func make(
        for subject: String, roles: [String], until end: Date, secret: String, scope: Scope = Scope(),
        user: String? = nil, issuer: String? = nil, audience: String? = nil
    ) throws -> String {
        let encoder = JSONEncoder()
        let claims = Claims(
            sub: subject, roles: roles, exp: Int(end.timeIntervalSince1970), iss: issuer, aud: audience,
            engineer: scope.engineer, customer: scope.customer, regions: scope.regions.isEmpty ? nil : scope.regions,
            user: user)
        let signed = Base64URL.encode(try encoder.encode(Header())) + "." + Base64URL.encode(try encoder.encode(claims))
        let signature = HMAC<SHA256>.authenticationCode(
            for: Data(signed.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return signed + "." + Base64URL.encode(Array(signature))
    }
}
