import Crypto
import DomainContracts
import Foundation
import ServiceKit

/// A key that tokens may be signed with, with the one algorithm that it is for.
enum SigningKey: Sendable {
    case hs256(SymmetricKey)
    case es256(P256.Signing.PublicKey)
    case edDSA(Curve25519.Signing.PublicKey)

    var algorithm: String {
        switch self {
        case .hs256: "HS256"
        case .es256: "ES256"
        case .edDSA: "EdDSA"
        }
    }

    func isSignature(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        switch self {
        case .hs256(let key):
            // Compares in constant time.
            HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: text, using: key)
        case .es256(let key):
            (try? P256.Signing.ECDSASignature(rawRepresentation: signature)).map {
                key.isValidSignature($0, for: Data(text))
            } ?? false
        case .edDSA(let key): key.isValidSignature(Data(signature), for: Data(text))
        }
    }
}

/// The keys whose tokens are believed.
///
/// `MENDLOOP_JWT_SECRET` is one of at least 32 bytes for HS256; `MENDLOOP_JWT_KEYS` a JSON Web Key Set (RFC 7517) of an identity
/// provider: `oct` (HS256), `EC` with P-256 (ES256), `OKP` with Ed25519 (EdDSA). Either or both. `MENDLOOP_JWT_ISSUER` and
/// `MENDLOOP_JWT_AUDIENCE` must be named by a token where they are set.
struct SigningKeys: Sendable {
    /// By key id; nil for a key without one.
    private let keys: [(id: String?, key: SigningKey)]
    let issuer: String?
    let audience: String?

    init(_ keys: [(id: String?, key: SigningKey)], issuer: String? = nil, audience: String? = nil) {
        self.keys = keys
        self.issuer = issuer
        self.audience = audience
    }

    init(_ settings: Settings) throws {
        var keys: [(id: String?, key: SigningKey)] = []
        if try settings.optionalString("MENDLOOP_JWT_SECRET") != nil {
            let secret = try settings.secret("MENDLOOP_JWT_SECRET", minimumBytes: 32)
            keys.append((nil, .hs256(SymmetricKey(data: Data(secret.utf8)))))
        }
        let set = try settings.parsed(
            "MENDLOOP_JWT_KEYS", expected: "a JSON Web Key Set with keys of oct, EC P-256 or OKP Ed25519"
        ) { try? WebKeySet.keys(in: $0) }
        keys += set ?? []
        guard !keys.isEmpty else {
            throw SettingsError.missing(
                name: "MENDLOOP_JWT_SECRET", expected: "a secret of at least 32 bytes, or MENDLOOP_JWT_KEYS")
        }
        self.init(
            keys, issuer: try settings.optionalString("MENDLOOP_JWT_ISSUER"),
            audience: try settings.optionalString("MENDLOOP_JWT_AUDIENCE"))
    }

    /// What signs tokens that these keys believe; nil without a secret of console's own.
    func issuing(_ settings: Settings) throws -> TokenIssuer? {
        guard try settings.optionalString("MENDLOOP_JWT_SECRET") != nil else { return nil }
        return TokenIssuer(
            secret: try settings.secret("MENDLOOP_JWT_SECRET", minimumBytes: 32), issuer: issuer, audience: audience)
    }

    /// Those that a token with this header may be signed with.
    func candidates(_ id: String?, _ algorithm: String) -> [SigningKey] {
        keys.filter { $0.key.algorithm == algorithm && (id == nil || $0.id == nil || $0.id == id) }.map(\.key)
    }
}

/// Reads JSON Web Keys.
private enum WebKeySet {
    private struct Set: Decodable { var keys: [Key] }

    private struct Key: Decodable {
        var kty: String
        var kid: String?
        var crv: String?
        var k, x, y: String?
    }

    private struct Unusable: Error {}

    static func keys(in text: String) throws -> [(id: String?, key: SigningKey)] {
        let set = try JSONDecoder().decode(Set.self, from: Data(text.utf8))
        guard !set.keys.isEmpty else { throw Unusable() }
        return try set.keys.map { ($0.kid, try key($0)) }
    }

    private static func key(_ key: Key) throws -> SigningKey {
        switch (key.kty, key.crv) {
        case ("oct", _):
            let bytes = try bytes(key.k)
            guard bytes.count >= 32 else { throw Unusable() }
            return .hs256(SymmetricKey(data: bytes))
        case ("EC", "P-256"):
            return .es256(try P256.Signing.PublicKey(rawRepresentation: try bytes(key.x) + bytes(key.y)))
        case ("OKP", "Ed25519"):
            return .edDSA(try Curve25519.Signing.PublicKey(rawRepresentation: try bytes(key.x)))
        default: throw Unusable()
        }
    }

    private static func bytes(_ text: String?) throws -> [UInt8] {
        guard let text, let bytes = Base64URL.decode(text) else { throw Unusable() }
        return bytes
    }
}
