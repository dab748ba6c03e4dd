import Crypto
import DomainContracts
import Foundation
import ServiceKit

/// The hash by which a report shows that it is unchanged.
enum CanonicalHash {
    /// SHA-256 of the value's canonical JSON (members sorted, times to the millisecond), lowercase hex.
    static func sha256(_ value: some Encodable) -> String {
        guard let json = try? WireJSON.canonicalEncoder().encode(value) else {
            preconditionFailure("a report holds nothing that JSON cannot say: no floating point, no foreign types")
        }
        return SHA256.hash(data: json).hexadecimal
    }
}
