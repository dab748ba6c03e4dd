import DomainContracts
import Foundation
import Postgres

extension FiredTimer {
    /// A row of the table `timer`.
    init(_ row: PostgresRow) throws {
        self.init(
            kind: try row.get("kind"), id: try row.get("aggregate_id"), discriminator: try row.get("discriminator"),
            dueAt: try row.get("due_at"))
    }

    /// Takes timers out of the table, and answers which: not those that are gone, were set anew, or are held by somebody who is
    /// about to do either.
    static func take(_ timers: [FiredTimer]) -> SQL {
        """
        WITH taken AS (
            SELECT kind, aggregate_id, discriminator FROM timer
            JOIN unnest(\(timers.map(\.kind)), \(timers.map(\.id)), \(timers.map(\.discriminator)),
                \(timers.map(\.dueAt))) AS due(k, i, d, at)
            ON kind = k AND aggregate_id = i AND discriminator = d AND due_at = at
            FOR UPDATE OF timer SKIP LOCKED)
        DELETE FROM timer AS t USING taken
        WHERE t.kind = taken.kind AND t.aggregate_id = taken.aggregate_id AND t.discriminator = taken.discriminator
        RETURNING t.kind, t.aggregate_id, t.discriminator, t.due_at
        """
    }
}
