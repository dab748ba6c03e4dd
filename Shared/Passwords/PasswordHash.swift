import CryptoExtras
import Foundation

/// A password as it is kept: scrypt (RFC 7914) with its cost and salt, as text that says how it was made, so that the cost can be
/// raised and what was made before still verifies: `scrypt:n=32768,r=8,p=3:<salt>:<key>`, both in URL-safe Base64.
public struct PasswordHash: Sendable, Equatable, CustomStringConvertible {
    /// What a guess costs.
    public struct Cost: Sendable, Equatable {
        /// N, a power of two; memory is 128·N·r bytes.
        public var rounds: Int
        public var blockSize: Int
        public var parallelism: Int

        public init(rounds: Int, blockSize: Int, parallelism: Int) {
            self.rounds = rounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// What OWASP's Password Storage Cheat Sheet lists for 32 MiB.
        public static let present = Cost(rounds: 1 << 15, blockSize: 8, parallelism: 3)

        /// What is believed of a hash from elsewhere: a larger one would let its sender have us work for him.
        var isBearable: Bool {
            (2...1 << 17).contains(rounds) && rounds & (rounds - 1) == 0 && (1...16).contains(blockSize)
                && (1...16).contains(parallelism) && rounds * blockSize <= 1 << 20
                && rounds * blockSize * parallelism <= 1 << 21
        }
    }

    public let cost: Cost
    private let salt: [UInt8]
    private let key: [UInt8]

    private static let bytes = 32
    /// No password is longer: making one of more bytes normal may take the square of their number.
    public static let mostBytes = 2_048

    /// Nobody's password: `mostBytes` are fewer.
    public struct TooLong: Error {}

    /// Hashes a password. Takes tenths of a second, and memory.
    ///
    /// - Parameter salt: 16 bytes by chance unless given.
    /// - Throws: `TooLong`.
    public init(of password: String, cost: Cost = .present, salt: [UInt8]? = nil) throws {
        var chance = SystemRandomNumberGenerator()
        let salt = salt ?? (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
        self.init(cost: cost, salt: salt, key: try Self.derive(password, salt, cost, bytes: Self.bytes))
    }

    private init(cost: Cost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Nil unless `text` is the text of a hash whose cost is bearable.
    public init?(text: String) {
        guard
            let match = text.wholeMatch(
                of: /scrypt:n=(\d{1,7}),r=(\d{1,2}),p=(\d{1,2}):([A-Za-z0-9_-]{11,86}):([A-Za-z0-9_-]{43,86})/),
            let rounds = Int(match.1), let blockSize = Int(match.2), let parallelism = Int(match.3),
            let salt = Self.decode(match.4), let key = Self.decode(match.5)
        else { return nil }
        let cost = Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        guard cost.isBearable else { return nil }
        self.init(cost: cost, salt: salt, key: key)
    }

    public var description: String {
        "scrypt:n=\(cost.rounds),r=\(cost.blockSize),p=\(cost.parallelism):\(Self.encode(salt)):\(Self.encode(key))"
    }

    /// Whether this is the password. Takes as long as hashing it.
    public func verifies(_ password: String) -> Bool {
        let isTooLong = password.utf8.count > Self.mostBytes
        guard let derived = try? Self.derive(isTooLong ? "" : password, salt, cost, bytes: key.count), !isTooLong else {
            return false
        }
        // All of it is compared, whatever differs first.
        return zip(derived, key).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 && derived.count == key.count
    }

    /// Nobody's: takes as long as a password's, and verifies none.
    public static let nobodys = PasswordHash(
        cost: .present, salt: [UInt8](repeating: 0, count: 16), key: [UInt8](repeating: 0, count: bytes))

    /// Whether two passwords are one and the same, however they are composed; what is too long is like none.
    public static func areSame(_ one: String, _ other: String) -> Bool {
        guard let one = try? normal(one), let other = try? normal(other) else { return false }
        return one == other
    }

    /// The same password however a keyboard composes it (NIST SP 800-63B: NFKC).
    private static func normal(_ password: String) throws -> [UInt8] {
        guard password.utf8.count <= mostBytes else { throw TooLong() }
        return Array(password.precomposedStringWithCompatibilityMapping.utf8)
    }

    static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost, bytes: Int) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: try normal(password), salt: salt, outputByteCount: bytes, rounds: cost.rounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.withUnsafeBytes { Array($0) }
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func decode(_ text: Substring) -> [UInt8]? {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        return Data(base64Encoded: standard + padding).map(Array.init)
    }
}
