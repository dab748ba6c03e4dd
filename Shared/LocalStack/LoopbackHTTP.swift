import Foundation

/// One HTTP/1.1 request to a server on this machine: for health checks and RabbitMQ's management interface.
struct LoopbackHTTP: Sendable {
    var host = Loopback.host
    var port: UInt16
    var method = "GET"
    var path: String
    var user: String?
    var password: String?
    /// A JSON body, for PUT and POST.
    var body: String?
    /// How long to wait for the connection and for each piece of the answer, in seconds.
    var patience = 2

    struct Answer: Sendable {
        var status: Int
        var body: String
    }

    /// Sends the request; nil when nobody answers in HTTP.
    func send() async -> Answer? {
        try? await onOwnThread { exchange() }.flatMap(Self.parse)
    }

    private func exchange() -> String? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard Loopback.withAddress(port, on: host, { connect(descriptor, $0, $1) }) == 0 else { return nil }

        var request = Array(text.utf8)[...]
        while !request.isEmpty {
            let sent = request.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return nil }
            request = request.dropFirst(sent)
        }
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while answer.count < 16_000_000 {
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count >= 0 else { return nil }
            if count == 0 { break }
            answer += piece[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    private var text: String {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: \(host):\(port)", "Connection: close"]
        if let user, let password {
            lines.append("Authorization: Basic " + Data("\(user):\(password)".utf8).base64EncodedString())
        }
        if let body {
            lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
        }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }

    private static func parse(_ answer: String) -> Answer? {
        let words = answer.split(separator: " ", maxSplits: 2)
        guard answer.hasPrefix("HTTP/1."), words.count == 3, let status = Int(words[1]) else { return nil }
        let body = answer.range(of: "\r\n\r\n").map { String(answer[$0.upperBound...]) }
        return Answer(status: status, body: body ?? "")
    }
}
