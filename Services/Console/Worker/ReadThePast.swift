import DomainContracts
import Foundation
import Postgres
import ServiceKit
import Synchronization

/// Reads what the services told before console listened, or before its read models were emptied: page by page, of one service
/// after the other. What a page says and how far it reached are committed together; what comes by the queue meanwhile may say
/// the same, and changes nothing.
final class ReadThePast: Worker {
    let name = "read-the-past"
    let watched: Set<String> = []

    /// Asks a service for a page; nil while it does not answer.
    private let ask: @Sendable (ServiceName, RepublishQuery) async -> Republished?
    /// Read and not yet kept.
    private let page = Mutex<Page?>(nil)

    private struct Page {
        let service: String
        let from: Int
        let told: Republished
    }

    init(ask: @escaping @Sendable (ServiceName, RepublishQuery) async -> Republished?) { self.ask = ask }

    func prepare(_ pool: PostgresPool, now: Date) async throws {
        let rows = try await pool.query(
            "SELECT service, position FROM read_model_source WHERE NOT is_whole ORDER BY service")
        for row in rows {
            let service: String = try row.get("service")
            let from: Int = try row.get("position")
            guard let name = ServiceName(rawValue: service) else { continue }
            let types = EventBindings.types(heardBy: .console).filter { $0.hasPrefix("mendloop.\(service).") }
            guard let told = await ask(name, RepublishQuery(from: from, limit: 500, types: types)) else { continue }
            page.withLock { $0 = Page(service: service, from: from, told: told) }
            return
        }
    }

    func step(_ session: inout WorkSession) async throws -> Bool {
        guard
            let page = page.withLock({ page in
                defer { page = nil }
                return page
            })
        else { return false }
        // Emptied anew since the page was read, or read by another copy: then it is not wanted.
        let rows = try await session.connection.query(
            """
            SELECT position FROM read_model_source
            WHERE service = \(page.service) AND position = \(page.from) AND NOT is_whole FOR UPDATE
            """)
        if rows.isEmpty { return true }
        try await session.hearAgain(page.told.events)
        let reached = page.told.events.last?.position ?? page.from
        _ = try await session.connection.execute(
            """
            UPDATE read_model_source SET position = \(reached), is_whole = \(page.told.next == nil)
            WHERE service = \(page.service)
            """)
        return true
    }
}
