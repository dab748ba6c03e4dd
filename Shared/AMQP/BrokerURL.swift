/// The parts of an AMQP URL, percent-decoded.
struct BrokerURL {
    var isSecure = false
    var user = "guest"
    var password = "guest"
    /// At least one; with commas between them in the URL.
    var addresses: [AMQPConfiguration.Address] = []
    var virtualHost = "/"
    var query: [String: String] = [:]

    init(_ url: String) throws(AMQPError) {
        var rest = url[...]
        var usualPort = 5672
        if rest.hasPrefix("amqps://") {
            isSecure = true
            usualPort = 5671
            rest = rest.dropFirst(8)
        } else if rest.hasPrefix("amqp://") {
            rest = rest.dropFirst(7)
        } else {
            throw .malformedURL(reason: "it must begin with amqp:// or amqps://")
        }
        if let mark = rest.firstIndex(of: "?") {
            for item in rest[rest.index(after: mark)...].split(separator: "&") {
                let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                query[try Self.decode(pair[0])] = pair.count > 1 ? try Self.decode(pair[1]) : ""
            }
            rest = rest[..<mark]
        }
        if let slash = rest.firstIndex(of: "/") {
            let path = rest[rest.index(after: slash)...]
            if path.contains("/") { throw .malformedURL(reason: "a slash in the vhost is written %2F") }
            if !path.isEmpty { virtualHost = try Self.decode(path) }
            rest = rest[..<slash]
        }
        if let at = rest.lastIndex(of: "@") {
            try readCredentials(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        for text in rest.split(separator: ",", omittingEmptySubsequences: false) {
            addresses.append(try Self.address(text, usualPort: usualPort))
        }
        // C strings end at a zero byte: what follows it would be ignored in silence.
        if ([user, password, virtualHost] + addresses.map(\.host)).contains(where: { $0.utf8.contains(0) }) {
            throw .malformedURL(reason: "it holds a zero byte")
        }
    }

    private mutating func readCredentials(_ text: Substring) throws(AMQPError) {
        let pair = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        user = try Self.decode(pair[0])
        if pair.count > 1 { password = try Self.decode(pair[1]) }
    }

    private static func address(
        _ text: Substring, usualPort: Int
    ) throws(AMQPError) -> AMQPConfiguration.Address {
        var address = AMQPConfiguration.Address(host: "", port: usualPort)
        var digits: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw .malformedURL(reason: "] is missing") }
            address.host = String(text[text.index(after: text.startIndex)..<end])
            let tail = text[text.index(after: end)...]
            guard tail.isEmpty || tail.hasPrefix(":") else { throw .malformedURL(reason: "no port after ]") }
            digits = tail.isEmpty ? nil : tail.dropFirst()
        } else {
            let pair = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            address.host = try pair.first.map { (part) throws(AMQPError) in try decode(part) } ?? ""
            digits = pair.count > 1 ? pair[1] : nil
        }
        if address.host.isEmpty { throw .malformedURL(reason: "the host is missing") }
        if let digits {
            guard let number = Int(digits), 1...65535 ~= number else {
                throw .malformedURL(reason: "the port must be 1 to 65535")
            }
            address.port = number
        }
        return address
    }

    static func decode(_ text: Substring) throws(AMQPError) -> String {
        var bytes: [UInt8] = []
        var source = text.utf8.makeIterator()
        while let byte = source.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = source.next().flatMap(hexDigit), let low = source.next().flatMap(hexDigit) else {
                throw .malformedURL(reason: "% must be followed by two hexadecimal digits")
            }
            bytes.append(high << 4 | low)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .malformedURL(reason: "it is not UTF-8")
        }
        return decoded
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
