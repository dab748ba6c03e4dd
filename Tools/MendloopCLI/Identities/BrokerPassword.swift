import Crypto
import Foundation
import ServiceKit

/// A password as its owner knows it, and as the broker keeps it.
struct BrokerPassword {
    let text: String

    /// A new one, of 43 characters that need no escape in a URL.
    init() {
        text = Base64URL.encode(Self.random(bytes: 32))
    }

    /// One that its owner has already.
    init(_ text: String) {
        self.text = text
    }

    /// Salt, and SHA-256 of salt and password, as https://www.rabbitmq.com/docs/passwords says: the password itself need not
    /// travel.
    var hash: String {
        let salt = Self.random(bytes: 4)
        return (salt + Data(SHA256.hash(data: salt + Data(text.utf8)))).base64EncodedString()
    }

    private static func random(bytes: Int) -> Data {
        Data((0..<bytes).map { _ in UInt8.random(in: .min ... .max) })
    }
}
