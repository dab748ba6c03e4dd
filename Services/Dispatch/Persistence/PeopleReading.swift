import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Whom customers want and do not want, and who was there last.
enum PeopleReading {
    /// By job; only those of whose customers or devices something is known.
    static func known(
        for jobs: [(id: UUID, job: Job)], _ connection: PostgresConnection
    ) async throws -> [UUID: KnownPeople] {
        let origins = jobs.compactMap { id, job in job.origin.map { (id: id, origin: $0) } }
        guard !origins.isEmpty else { return [:] }
        let rows = try await connection.query(
            """
            SELECT true AS is_list, id, state FROM customer_engineers
            WHERE id = ANY(\(Array(Set(origins.map(\.origin.customerId)))))
            UNION ALL
            SELECT false, id, state FROM last_visit
            WHERE id = ANY(\(Array(Set(origins.flatMap(\.origin.remembered)))))
            """)
        let decoder = WireJSON.decoder()
        var lists: [UUID: CustomerEngineers] = [:]
        var visits: [UUID: LastVisit] = [:]
        for row in rows {
            let (id, state) = (try row.get("id", as: UUID.self), try row.get("state", as: JSONB.self))
            if try row.get("is_list", as: Bool.self) {
                lists[id] = try state.decode(CustomerEngineers.self, decoder: decoder)
            } else {
                visits[id] = try state.decode(LastVisit.self, decoder: decoder)
            }
        }
        return origins.reduce(into: [:]) { known, job in
            let people = KnownPeople(lists[job.origin.customerId], job.origin.remembered.map { visits[$0] })
            if people != KnownPeople() { known[job.id] = people }
        }
    }
}

/// Shows whom a customer wants to come, and whom not.
struct ShowCustomerEngineers: QueryHandler {
    func answer(
        _ query: CustomerEngineersQuery, on connection: PostgresConnection
    ) async throws -> CustomerEngineersAnswer {
        let id = query.customerId
        let rows = try await connection.query("SELECT version, state FROM customer_engineers WHERE id = \(id)")
        let engineers = try rows.first?.get("state", as: JSONB.self).decode(
            CustomerEngineers.self, decoder: WireJSON.decoder())
        return CustomerEngineersAnswer(
            version: try rows.first?.get("version") ?? 0,
            engineers: (engineers ?? CustomerEngineers()).command(id), changedAt: engineers?.changedAt,
            changedBy: engineers?.changedBy)
    }
}
