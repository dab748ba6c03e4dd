import Foundation
import FoundationNetworking
import ServiceKit

/// RabbitMQ's management interface, as far as users and what they may do go.
struct BrokerManagement: Sendable {
    private let url: URL
    private let user: String
    private let password: String
    let virtualHost: String
    private static let session = URLSession.withoutStores()

    init(url: URL, user: String, password: String, virtualHost: String) {
        self.url = url
        self.user = user
        self.password = password
        self.virtualHost = virtualHost
    }

    struct User: Codable, Sendable {
        var name: String
        var tags: [String]
    }

    struct Connection: Codable, Sendable {
        var name: String
        var user: String
    }

    struct Channel: Codable, Sendable {
        var name: String
        /// Nil, as the next, while the broker is still counting it in.
        var user: String?
        /// Whether what is published on it is confirmed.
        var confirm: Bool?
        private var messageStats: Statistics?

        private struct Statistics: Codable, Sendable { var publish: Int? }

        var hasPublished: Bool { (messageStats?.publish ?? 0) > 0 }

        private enum CodingKeys: String, CodingKey {
            case name, user, confirm
            case messageStats = "message_stats"
        }
    }

    /// What one of the broker's machines has too little of: `memory`, `disk`.
    struct Alarm: Codable, Sendable {
        var node: String
        var resource: String
    }

    private struct Alarms: Codable { var alarms: [Alarm] }

    /// Those that are on: the broker takes no message meanwhile.
    func alarms() async throws -> [Alarm] {
        do {
            try await send("GET", "api/health/checks/alarms")
            return []
        } catch BrokerManagementFault.answered(503, let body) {
            return try JSONDecoder().decode(Alarms.self, from: Data(body.utf8)).alarms
        }
    }

    func users() async throws -> [User] { try await get("api/users") }

    /// Those that are open, with figures that are brought up to date every few seconds; none where the broker keeps no figures.
    func channels() async throws -> [Channel] {
        do {
            return try await get("api/channels")
        } catch BrokerManagementFault.answered(400, _) {
            return []
        }
    }

    func connections() async throws -> [Connection] { try await get("api/connections") }

    /// Makes the user, or gives the one there is another password.
    ///
    /// - Parameter hash: as ``BrokerPassword/hash``.
    func put(_ identity: BrokerIdentity, hash: String) async throws {
        try await put("api/users/\(identity.user)", BrokerDefinitions.User(identity, hash: hash))
    }

    /// Says what it may do, and nothing else.
    func allow(_ identity: BrokerIdentity) async throws {
        let place = "\(Self.encoded(virtualHost))/\(identity.user)"
        // What is refused by key must be so before anything is allowed.
        for keys in identity.keys {
            try await put(
                "api/topic-permissions/\(place)", BrokerDefinitions.TopicPermission(identity, keys, virtualHost))
        }
        try await put("api/permissions/\(place)", BrokerDefinitions.Permission(identity, virtualHost))
    }

    /// Makes its queue, unless it is there.
    func declareQueue(_ identity: BrokerIdentity) async throws {
        try await put(
            "api/queues/\(Self.encoded(virtualHost))/\(identity.queue)", BrokerDefinitions.Queue(identity, virtualHost))
    }

    /// Takes the user away, and its queue with what lies in it.
    func remove(_ identity: BrokerIdentity) async throws {
        try await send("DELETE", "api/users/\(identity.user)")
        do {
            try await send("DELETE", "api/queues/\(Self.encoded(virtualHost))/\(identity.queue)")
        } catch BrokerManagementFault.answered(404, _) {
            // Somebody took it away already.
        }
    }

    /// Ends what it has open: who is connected stays so, whatever becomes of his password.
    func disconnect(_ identity: BrokerIdentity) async throws {
        for connection in try await connections() where connection.user == identity.user {
            do {
                try await send("DELETE", "api/connections/\(Self.encoded(connection.name))")
            } catch BrokerManagementFault.answered(404, _) {
                // It has gone by itself.
            }
        }
    }

    func get<Answer: Decodable>(_ path: String) async throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: try await send("GET", path))
    }

    /// What is said of the queues of the virtual host.
    func queues<Queue: Decodable>(as type: Queue.Type = Queue.self) async throws -> [Queue] {
        try await get("api/queues/\(Self.encoded(virtualHost))?disable_stats=true")
    }

    /// When the broker answered, by its own clock, in whole seconds since 1970; nil where it does not say.
    func clock() async throws -> Int? {
        let (_, response) = try await exchange("GET", "api/whoami", nil)
        guard let text = response?.value(forHTTPHeaderField: "Date") else { return nil }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text).map { Int($0.timeIntervalSince1970) }
    }

    func put(_ path: String, _ body: some Encodable) async throws {
        try await send("PUT", path, try JSONEncoder().encode(body))
    }

    @discardableResult
    func send(_ method: String, _ path: String, _ body: Data? = nil) async throws -> Data {
        // What takes something away, as reading out a queue does, is asked for once.
        for _ in 1..<Self.tries where ["GET", "PUT"].contains(method) {
            do {
                return try await exchange(method, path, body).body
            } catch BrokerManagementFault.answered(500, _) {
                try await Task.sleep(for: Self.pause)
            }
        }
        return try await exchange(method, path, body).body
    }

    /// RabbitMQ answers 500 now and then where something ends while it describes it, or where it has too much to do.
    private static let tries = 4
    private static let pause = Duration.milliseconds(250)

    private func exchange(
        _ method: String, _ path: String, _ body: Data?
    ) async throws -> (body: Data, response: HTTPURLResponse?) {
        guard let place = URL(string: url.absoluteString.trimming(suffix: "/") + "/" + path) else {
            throw BrokerManagementFault.unreachable("\(url) makes no URL")
        }
        var request = URLRequest(url: place, timeoutInterval: 30)
        request.httpMethod = method
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        let key = Data("\(user):\(password)".utf8).base64EncodedString()
        request.setValue("Basic \(key)", forHTTPHeaderField: "Authorization")
        let (answer, response): (Data, URLResponse)
        do {
            (answer, response) = try await Self.session.answer(to: request)
        } catch {
            throw BrokerManagementFault.unreachable(error.localizedDescription)
        }
        let http = response as? HTTPURLResponse
        let status = http?.statusCode ?? 0
        guard (200..<300).contains(status) else {
            throw BrokerManagementFault.answered(status, String(decoding: answer.prefix(4_000), as: UTF8.self))
        }
        return (answer, http)
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-_.")))
            ?? text
    }
}

/// Why the management interface did not do what it was asked.
enum BrokerManagementFault: Error, CustomStringConvertible {
    case unreachable(String)
    case answered(Int, String)

    var description: String {
        switch self {
        case .unreachable(let reason):
            "RabbitMQ's management interface cannot be reached: \(reason). MENDLOOP_RABBITMQ_MANAGEMENT_URL, _USER and _PASSWORD "
                + "say where it is; without them the stack of ./mendloop up is asked"
        case .answered(401, _): "RabbitMQ's management interface does not know the user or his password"
        case .answered(let status, let words): "RabbitMQ's management interface answers \(status): \(words)"
        }
    }
}

extension String {
    fileprivate func trimming(suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
