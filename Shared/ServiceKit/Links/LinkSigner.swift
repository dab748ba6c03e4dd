import Crypto
import DomainContracts
import FoundationEssentials

/// Makes and checks the tokens of signed links: HMAC-SHA256 over purpose, subject and expiry, as URL-safe text
/// `v1.<claims>.<signature>`. All services of a deployment share the secret, so that one can check what another made.
public struct LinkSigner: Sendable {
    private let key: SymmetricKey
    private let olderKeys: [SymmetricKey]

    /// - Parameters:
    ///   - secret: signs; at least 32 bytes (``ServiceSettings/linkSecret``).
    ///   - older: secrets that still verify while links signed with them are about.
    public init(secret: String, older: [String] = []) {
        key = SymmetricKey(data: Array(secret.utf8))
        olderKeys = older.map { SymmetricKey(data: Array($0.utf8)) }
    }

    /// The token of a link: letters, digits, `-`, `_` and `.` only.
    public func token(for link: SignedLink) -> String {
        let signed = Self.version + "." + Base64URL.encode(Self.claims(of: link))
        let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: key)
        return signed + "." + Base64URL.encode(code)
    }

    /// What a token says, if it is genuine, for this purpose, and not over.
    ///
    /// - Parameter now: real time.
    public func verify(
        _ token: String, for purpose: SignedLink.Purpose, at now: Date
    ) throws(SignedLinkError) -> SignedLink {
        let link = try genuine(token)
        guard link.purpose == purpose else { throw .wrongPurpose(link.purpose) }
        guard now < link.expires else { throw .expired(at: link.expires) }
        return link
    }

    /// The token with which `C` may be sent about `subject` until it expires.
    ///
    /// - Parameter expires: real time.
    public func token<C: Command>(for type: C.Type, about subject: UUID, expires: Date) -> String {
        token(for: SignedLink(purpose: .command(type), subject: subject.text, expires: expires))
    }

    /// Whether a token lets its holder send `C` about `subject`.
    ///
    /// - Parameter now: real time.
    public func allows<C: Command>(_ token: String, _ type: C.Type, about subject: UUID, at now: Date) -> Bool {
        (try? verify(token, for: .command(type), at: now))?.subject == subject.text
    }

    private func genuine(_ token: String) throws(SignedLinkError) -> SignedLink {
        // A token of ours is far shorter; a long one is not worth the hashing.
        guard token.utf8.count <= 1_024 else { throw .forged }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.version,
            let claims = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2])
        else { throw .forged }
        let signed = Array((parts[0] + "." + parts[1]).utf8)
        // `isValidAuthenticationCode` compares in constant time.
        let isGenuine = ([key] + olderKeys).contains { key in
            HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: key)
        }
        guard isGenuine, let link = Self.link(from: claims) else { throw .forged }
        return link
    }

    private static let version = "v1"

    /// `<expiry in seconds>\n<length of purpose in bytes>\n<purpose><subject>`: no two links have the same claims.
    private static func claims(of link: SignedLink) -> [UInt8] {
        let seconds = Int64(link.expires.timeIntervalSince1970)
        let purpose = link.purpose.rawValue
        return Array("\(seconds)\n\(purpose.utf8.count)\n\(purpose)\(link.subject)".utf8)
    }

    private static func link(from claims: [UInt8]) -> SignedLink? {
        let parts = claims.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3,
            let seconds = Int64(String(decoding: parts[0], as: UTF8.self)),
            let length = Int(String(decoding: parts[1], as: UTF8.self)), (0...parts[2].count).contains(length),
            let purpose = String(validating: parts[2].prefix(length), as: UTF8.self),
            let subject = String(validating: parts[2].dropFirst(length), as: UTF8.self)
        else { return nil }
        return SignedLink(
            purpose: .init(rawValue: purpose), subject: subject,
            expires: Date(timeIntervalSince1970: TimeInterval(seconds)))
    }
}
