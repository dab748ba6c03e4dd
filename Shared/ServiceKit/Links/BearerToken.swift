import Crypto
import FoundationEssentials

/// Makes a token that console believes: for a developer's machine and for tests. Elsewhere an identity provider does.
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
    }

    /// A JSON Web Token (RFC 7519), signed with HS256.
    ///
    /// - Parameters:
    ///   - subject: a user's name, or an engineer's id.
    ///   - secret: as `MENDLOOP_JWT_SECRET`, at least 32 bytes.
    public static func make(
        for subject: String, roles: [String], until end: Date, secret: String
    ) throws -> String {
        let encoder = JSONEncoder()
        let claims = Claims(sub: subject, roles: roles, exp: Int(end.timeIntervalSince1970))
        let signed = Base64URL.encode(try encoder.encode(Header())) + "." + Base64URL.encode(try encoder.encode(claims))
        let signature = HMAC<SHA256>.authenticationCode(
            for: Data(signed.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return signed + "." + Base64URL.encode(Array(signature))
    }
}
