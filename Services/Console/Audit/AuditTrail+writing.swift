import DomainContracts
import Foundation
import Logging
import Postgres

extension AuditTrail {
    /// Into console's schema. An entry that stands already is left as it is.
    init(logger: Logger, pool: PostgresPool) {
        self.init(logger: logger) { entries in
            let ids = entries.map(\.requestId)
            let times = entries.map(\.at)
            let people = entries.map(\.who)
            let acts = entries.map(\.what)
            let addresses = entries.map(\.address)
            let statuses = entries.map(\.status)
            let codes = entries.map(\.code)
            let subjects = entries.map(\.subject)
            do {
                try await pool.execute(
                    """
                    INSERT INTO audit_entry (request_id, at, who, what, address, status, code, subject)
                    SELECT * FROM unnest(\(ids), \(times), \(people)::text[], \(acts), \(addresses), \(statuses),
                        \(codes)::text[], \(subjects)::text[])
                    ON CONFLICT (request_id) DO NOTHING
                    """)
                return .done
            } catch {
                guard let fault = PostgresError(causeOf: error) else { return .away }
                // What cannot be sent, such as a text with a null in it, or is no data to PostgreSQL (class 22).
                return fault.kind == .usage || fault.sqlState?.errorClass == "22" ? .refused : .away
            }
        }
    }
}

extension AuditEntry {
    /// - Parameter reply: of a command; its `subject` says what was done to what.
    init(
        requestId: UUID, at: Date, who: String?, what: String, address: String, status: Int, code: String?,
        reply: Data?
    ) {
        struct Done: Decodable { var subject: String? }
        self.init(
            requestId: requestId, at: at, who: who, what: what, address: address, status: status, code: code,
            subject: reply.flatMap { try? JSONDecoder().decode(Done.self, from: $0) }?.subject)
    }
}
