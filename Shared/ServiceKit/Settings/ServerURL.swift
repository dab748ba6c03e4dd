import Foundation

/// The URL of a broker or a database as text: one that names several hosts is none that Foundation reads.
public struct ServerURL: Sendable, Equatable {
    /// Percent-encoded, as in the text; nil where there is none.
    public private(set) var user: String?
    public private(set) var password: String?
    private let scheme: Substring
    /// What follows the user: hosts, path and query.
    private let rest: Substring

    /// Nil where the text has no `://`.
    public init?(_ text: String) {
        guard let mark = text.range(of: "://") else { return nil }
        scheme = text[..<mark.upperBound]
        let end = text[mark.upperBound...].firstIndex { "/?#".contains($0) } ?? text.endIndex
        guard let at = text[mark.upperBound..<end].lastIndex(of: "@") else {
            rest = text[mark.upperBound...]
            return
        }
        rest = text[text.index(after: at)...]
        let parts = text[mark.upperBound..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        user = String(parts[0])
        password = parts.count > 1 ? String(parts[1]) : nil
    }

    /// The whole, as it was written.
    public var text: String {
        guard let user else { return String(scheme + rest) }
        return scheme + user + (password.map { ":" + $0 } ?? "") + "@" + rest
    }

    /// The password in plain; nil where there is none, or none that can be decoded.
    public var plainPassword: String? { password?.removingPercentEncoding }

    /// The same server for somebody else.
    ///
    /// - Parameter password: in plain, whatever characters are in it; nil leaves it out.
    public func by(_ user: String, password: String?) -> ServerURL {
        var url = self
        url.user = Self.percentEncoded(user)
        url.password = password.map(Self.percentEncoded)
        return url
    }

    /// The same with another password, in plain; nil leaves it out.
    public func with(password: String?) -> ServerURL {
        var url = self
        url.password = password.map(Self.percentEncoded)
        return url
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            if character.isASCII, character.isLetter || character.isNumber || "-_.~".contains(character) {
                return String(character)
            }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
