import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// The door's way to the read models, and to what else is in console's database. The database may be away: then they alone do not answer.
struct ReadModels: Sendable {
    let pool: PostgresPool

    /// - Throws: `Problem`: what is wrong with the query, or that the database does not answer.
    func answer<H: QueryHandler>(_ query: H.Q, by handler: H) async throws -> H.Q.Reply {
        try await worded { try await pool.withConnection { try await handler.answer(query, on: $0) } }
    }

    /// - Throws: `Problem` where the database does not answer.
    func pipeline(_ statements: [SQL]) async throws -> [[PostgresRow]] {
        try await worded { try await pool.withConnection { try await $0.pipeline(statements) } }
    }

    /// - Throws: `Problem` where the database does not answer.
    func transaction<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await worded { try await pool.transaction(body) }
    }

    private func worded<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let refusal as Refusal {
            throw refusal.problem
        } catch {
            throw error.isFaultOfDependency || Self.isUnmigrated(error) ? Self.away : error
        }
    }

    /// Whether all of these events have been taken in, within a time.
    func haveSeen(_ told: [ToldEvents.Told], of service: ServiceName, within limit: Duration) async -> Bool {
        let heard = Set(EventBindings.types(heardBy: .console))
        let awaited = told.filter { heard.contains($0.type) }.map(\.id)
        if awaited.isEmpty { return true }
        let source = "/mendloop/\(service.rawValue)"
        let deadline = ContinuousClock.now + limit
        var pause = Duration.milliseconds(5)
        while true {
            // A database that is away has seen nothing; it may be back in time.
            let seen = try? await pool.query(
                "SELECT count(*) AS seen FROM inbox WHERE source = \(source) AND message_id = ANY(\(awaited))")
            if let seen = try? seen?.first?.get("seen", as: Int.self), seen == awaited.count { return true }
            guard ContinuousClock.now + pause < deadline, !Task.isCancelled else { return false }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(50))
        }
    }

    func close() async { await pool.close() }

    static let away = Problem(
        code: "read-models-away", title: "What is known cannot be looked up at the moment",
        detail: "commands are carried out meanwhile", status: 503)

    /// Console runs before its schema has been made.
    private static func isUnmigrated(_ error: any Error) -> Bool {
        PostgresError(causeOf: error)?.sqlState == .undefinedTable
    }
}
