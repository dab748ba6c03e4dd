import DomainContracts
import FoundationEssentials

/// What the token in a customer's link says: what it is for, whom or what it is about, and until when. Whoever holds the
/// token may do that one thing to that one subject, so it stands in no log and no event on a stream.
public struct SignedLink: Sendable, Hashable {
    /// What a link allows, such as `work-order` (look) or `accept-quote` (act).
    public struct Purpose: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        public init(stringLiteral value: String) { self.init(rawValue: value) }

        /// To send one command.
        static func command<C: Command>(_ type: C.Type) -> Purpose { Purpose(rawValue: C.wireName) }
    }

    /// What the link allows.
    public let purpose: Purpose
    /// The aggregate it is about, as on the wire: `work-order/<uuid>`.
    public let subject: String
    /// Real time, in whole seconds, from which on it is void.
    public let expires: Date

    public init(purpose: Purpose, subject: String, expires: Date) {
        self.purpose = purpose
        self.subject = subject
        self.expires = Date(timeIntervalSince1970: expires.timeIntervalSince1970.rounded(.down))
    }
}

/// Why a token is not accepted. What is told to the holder should not tell a forger more than that.
public enum SignedLinkError: Error, Equatable {
    /// Not one of ours, or changed on its way.
    case forged
    /// Genuine, but its time is over.
    case expired(at: Date)
    /// Genuine, but for something else than what is asked.
    case wrongPurpose(SignedLink.Purpose)
}
