import AMQP
import Postgres

extension Settings {
    /// `MENDLOOP_AMQP_URL`, with the password of `MENDLOOP_AMQP_PASSWORD` where that is set. It counts as a secret, since it
    /// holds a password.
    ///
    /// - Throws: ``SettingsError`` naming the variable that is missing or wrong.
    public func brokerURL() throws(SettingsError) -> String { try url(.broker) }

    /// The same; nil where it is not set.
    public func optionalBrokerURL() throws(SettingsError) -> String? { try optionalURL(.broker) }

    /// `MENDLOOP_DATABASE_URL`, with the password of `MENDLOOP_DATABASE_PASSWORD` where that is set. It counts as a secret,
    /// since it holds a password.
    ///
    /// - Throws: ``SettingsError`` naming the variable that is missing or wrong.
    public func databaseURL() throws(SettingsError) -> String { try url(.database) }

    /// The same; nil where it is not set.
    public func optionalDatabaseURL() throws(SettingsError) -> String? { try optionalURL(.database) }

    private func url(_ server: ServerSetting) throws(SettingsError) -> String {
        guard let url = try optionalURL(server) else {
            throw .missing(name: server.name, expected: server.value.expected)
        }
        return url
    }

    private func optionalURL(_ server: ServerSetting) throws(SettingsError) -> String? {
        guard let url = try optionalString(server.name) else { return nil }
        guard server.value.accepts(url) else {
            let fault = server.fault(url).map { "; \($0)" } ?? ""
            throw .invalid(name: server.name, value: nil, expected: server.value.expected + fault)
        }
        return try withPassword(url, server.name, server.passwordName)
    }

    /// A URL whose password may stand in a variable of its own, so that the address can be shown and the password comes from a
    /// file. It is taken as it is, whatever characters are in it.
    private func withPassword(_ text: String, _ name: String, _ passwordName: String) throws(SettingsError) -> String {
        guard let password = try optionalString(passwordName) else { return text }
        guard let url = ServerURL(text), url.user?.isEmpty == false else {
            throw .invalid(name: name, value: nil, expected: "a URL with a user, because \(passwordName) is set")
        }
        guard url.password == nil else {
            throw .invalid(name: passwordName, value: nil, expected: "nothing, because \(name) holds a password")
        }
        return url.with(password: password).text
    }
}

/// A server's URL among the settings.
struct ServerSetting: Sendable {
    let name: String
    let passwordName: String
    let value: SettingValue
    /// Why a URL of a right scheme is none, without any part of it.
    let fault: @Sendable (String) -> String?

    private init(
        _ name: String, password: String, schemes: [String], _ fault: @escaping @Sendable (String) -> String?
    ) {
        self.name = name
        passwordName = password
        self.fault = fault
        let starts = schemes.map { $0 + "://" }
        value = .matching(
            "a URL starting with \(starts.joined(separator: " or ")), several hosts with commas between them"
        ) { text in starts.contains(where: text.hasPrefix) && fault(text) == nil }
    }

    static let broker = ServerSetting(
        "MENDLOOP_AMQP_URL", password: "MENDLOOP_AMQP_PASSWORD", schemes: ["amqp", "amqps"]
    ) { url in
        do throws(AMQPError) {
            _ = try AMQPConfiguration(url: url, connectionName: "")
            return nil
        } catch {
            if case .malformedURL(let reason) = error { return reason }
            return nil
        }
    }

    static let database = ServerSetting(
        "MENDLOOP_DATABASE_URL", password: "MENDLOOP_DATABASE_PASSWORD", schemes: ["postgres", "postgresql"],
        PostgresConfiguration.fault(inURL:))
}
