import Foundation

extension LocalStack {
    /// Makes a virtual host that the stack's user may do everything in, and returns its AMQP address.
    ///
    /// - Parameter name: letters, digits, `-` and `_`.
    @discardableResult
    public func addVirtualHost(_ name: String) async throws -> String {
        let addresses = try addresses()
        let broker = await brokerServer(addresses.settings, addresses.credentials)
        try await expect(broker.request("PUT", "/api/vhosts/\(name)", body: "{}"))
        let permissions = #"{"configure":".*","write":".*","read":".*"}"#
        try await expect(
            broker.request("PUT", "/api/permissions/\(name)/\(StackAddresses.mainName)", body: permissions))
        return addresses.amqpURL(virtualHost: name)
    }

    /// Removes a virtual host with all that is in it.
    public func removeVirtualHost(_ name: String) async throws {
        let addresses = try addresses()
        let broker = await brokerServer(addresses.settings, addresses.credentials)
        try await expect(broker.request("DELETE", "/api/vhosts/\(name)"))
    }

    /// Asks RabbitMQ's management interface, e.g. `GET /api/queues/<virtual host>/<queue>`; returns its JSON.
    @discardableResult
    public func management(_ method: String, _ path: String, body: String? = nil) async throws -> String {
        let addresses = try addresses()
        let broker = await brokerServer(addresses.settings, addresses.credentials)
        return try await expect(broker.request(method, path, body: body))
    }

    @discardableResult
    private func expect(_ request: LoopbackHTTP) async throws -> String {
        var request = request
        request.patience = 15
        let answer = await request.send()
        guard let answer, (200..<300).contains(answer.status) else {
            throw StackError.unexpectedAnswer("RabbitMQ \(request.method) \(request.path)", status: answer?.status ?? 0)
        }
        return answer.body
    }

    /// Makes a database with the services' schemas, all empty.
    ///
    /// - Parameter name: letters, digits and `_`.
    public func createDatabase(_ name: String) async throws {
        let addresses = try addresses()
        try await databaseServer(addresses.settings, addresses.credentials).createDatabase(name)
    }

    /// Runs SQL as the administrator and returns its rows, unaligned, columns parted by `|`.
    @discardableResult
    public func sql(_ text: String, database: String = StackAddresses.mainName) async throws -> String {
        let addresses = try addresses()
        return try await databaseServer(addresses.settings, addresses.credentials).run(sql: text, database: database)
    }
}
