import DomainContracts
import Foundation
import Postgres

extension BatchState {
    /// Locks and loads aggregates, one statement per table, rows in id order so that batches queue up instead of
    /// waiting for each other crosswise.
    mutating func load(_ keys: Keys, on connection: PostgresConnection) async throws {
        let wanted = Self.byTable(keys) { !workspace.contains($0) }
        guard !wanted.isEmpty else { return }
        let answers = try await connection.pipeline(wanted.map(Self.select))
        for (group, rows) in zip(wanted, answers) { try take(group, rows) }
    }

    /// Draws numbers from sequences; drawn numbers are never drawn again, used or not.
    mutating func draw(_ counts: [String: Int], on connection: PostgresConnection) async throws {
        for (sequence, count) in counts {
            let rows = try await connection.query(
                "SELECT nextval(\(sequence)::regclass)::bigint AS number FROM generate_series(1, \(count))")
            numbers.add(try rows.map { try $0.get("number", as: Int.self) }, of: sequence)
        }
    }

    /// The keys of one table, either those that are locked or those that are only looked at.
    struct TableGroup: Sendable {
        let table: String
        let type: any Aggregate.Type
        let ids: [UUID]
        let isLocked: Bool
    }

    static func byTable(_ keys: Keys, where isWanted: (AggregateKey) -> Bool = { _ in true }) -> [TableGroup] {
        let tables = Dictionary(grouping: keys.types.filter { isWanted($0.key) }, by: \.key.table)
        return tables.sorted { $0.key < $1.key }.flatMap { table, members in
            [true, false].compactMap { isLocked in
                let part = members.filter { keys.unlocked.contains($0.key) != isLocked }
                guard let type = part.first?.value else { return nil }
                return TableGroup(table: table, type: type, ids: part.map(\.key.id).sorted(), isLocked: isLocked)
            }
        }
    }

    static func select(_ group: TableGroup) -> SQL {
        """
        SELECT id, version, state FROM \(unsafe: group.table) WHERE id = ANY(\(group.ids)) ORDER BY id
        \(unsafe: group.isLocked ? "FOR UPDATE" : "")
        """
    }

    mutating func take(_ group: TableGroup, _ rows: [PostgresRow]) throws {
        let decoder = WireJSON.decoder()
        for row in rows {
            let key = AggregateKey(table: group.table, id: try row.get("id", as: UUID.self))
            let state = try row.get("state", as: JSONB.self)
            workspace.load(
                key, try group.type.init(document: state, decoder), version: try row.get("version", as: Int.self),
                isLocked: group.isLocked)
        }
        let found = Set(try rows.map { try $0.get("id", as: UUID.self) })
        for id in group.ids where !found.contains(id) {
            workspace.load(AggregateKey(table: group.table, id: id), nil, version: 0, isLocked: group.isLocked)
        }
    }
}

extension Aggregate {
    fileprivate init(document: JSONB, _ decoder: JSONDecoder) throws {
        self = try document.decode(Self.self, decoder: decoder)
    }
}
