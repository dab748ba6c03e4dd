import AMQP
import Foundation
import LocalStack
import ServiceTesting
import Testing

/// The shared broker with a TLS listener of this suite's own, under a certificate for `localhost`.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct TLSTests {
    private struct Listener: Sendable {
        var port: Int
        var certificate: String
    }

    private static let starting = Task {
        // The stack's folder goes with this process, but only we may read it: the broker gets key and certificate inline.
        let stack = try await TestStack.shared
        let listener = Listener(port: try freePort(), certificate: stack.path + "/tls-certificate.pem")
        let key = stack.path + "/tls-key.pem"
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments =
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key]
            + ["-out", listener.certificate, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        try await stack.rabbitmqctl(
            "eval",
            """
            rabbit_networking:start_ssl_listener({"127.0.0.1", \(listener.port)},
                [{cert, base64:decode("\(try base64(listener.certificate))")},
                 {key, {'PrivateKeyInfo', base64:decode("\(try base64(key))")}}], 1).
            """)
        return listener
    }

    /// What stands between the first and the last line of a PEM file.
    private static func base64(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().dropLast().joined()
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        try #require(code == 0)
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// The shared broker's address by another host name, over TLS.
    private func configuration(host: String, query: String) async throws -> AMQPConfiguration {
        let plain = try await TestStack.freshVirtualHost()
        let listener = try await Self.starting.value
        var components = try #require(URLComponents(string: plain))
        components.scheme = "amqps"
        components.host = host
        components.port = listener.port
        components.query = query.replacingOccurrences(of: "CERT", with: listener.certificate)
        return try AMQPConfiguration(url: try #require(components.string), connectionName: "tls")
    }

    @Test("messages go over TLS, many and large")
    func encrypted() async throws {
        let configuration = try await configuration(host: "localhost", query: "cacertfile=CERT")
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration)
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 100)
        let large = OutgoingMessage(exchange: "", routingKey: queue, body: [UInt8](repeating: 7, count: 1 << 20))
        let outcomes = try await publisher.publish((0..<1000).map { message(queue, $0) } + [large])
        #expect(outcomes.allSatisfy { $0 == .confirmed })
        let taken = try await take(1001, from: consumer)
        #expect(taken.prefix(1000).map(number) == (0..<1000).map { $0 })
        #expect(taken[1000].body == large.body)
        await publisher.close()
        await consumer.close()
    }

    @Test(
        "a broker whose certificate is unknown, or for another host, is not talked to",
        arguments: [("localhost", ""), ("127.0.0.1", "cacertfile=CERT"), ("localhost", "cacertfile=/nowhere.pem")])
    func unverified(host: String, query: String) async throws {
        let administrator = AMQPAdministrator(try await configuration(host: host, query: query))
        let error = await #expect(throws: AMQPError.self) { _ = try await administrator.depth(of: "q") }
        guard case .connect = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("verification is off only where it was asked for")
    func unchecked() async throws {
        let configuration = try await configuration(host: "127.0.0.1", query: "verify=verify_none")
        let queue = try await quorumQueue(configuration)
        #expect(try await depth(configuration, queue) == 0)
    }
}
