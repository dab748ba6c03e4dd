import Crypto
import Foundation
import ServiceKit

/// A password as it is handed to its owner once, and as the broker keeps it.
struct BrokerPassword {
    /// 43 characters that need no escape in a URL.
    let text: String

    init() {
        text = Base64URL.encode(Self.random(bytes: 32))
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
