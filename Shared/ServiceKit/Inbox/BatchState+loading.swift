import DomainContracts
import Foundation
import Postgres

extension BatchState {
    /// Locks and loads aggregates, one statement per table, rows in id order so that batches queue up instead of
    /// waiting for each other crosswise.
    mutating func load(_ keys: Keys, on connection: PostgresConnection) async throws {
        let wanted = Self.byTable(keys.types.filter { !workspace.contains($0.key) })
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

    /// The keys of one table.
    struct TableGroup: Sendable {
        let table: String
        let type: any Aggregate.Type
        let ids: [UUID]
    }

    static func byTable(_ types: [AggregateKey: any Aggregate.Type]) -> [TableGroup] {
        Dictionary(grouping: types, by: \.key.table).sorted { $0.key < $1.key }.compactMap { table, members in
            guard let type = members.first?.value else { return nil }
            return TableGroup(
                table: table, type: type, ids: members.map(\.key.id).sorted())
        }
    }

    static func select(_ group: TableGroup) -> SQL {
        """
        SELECT id, version, state FROM \(unsafe: group.table) WHERE id = ANY(\(group.ids)) ORDER BY id FOR UPDATE
        """
    }

    mutating func take(_ group: TableGroup, _ rows: [PostgresRow]) throws {
        let decoder = WireJSON.decoder()
        for row in rows {
            let key = AggregateKey(table: group.table, id: try row.get("id", as: UUID.self))
            let state = try row.get("state", as: JSONB.self)
            workspace.load(
                key, try group.type.init(document: state, decoder), version: try row.get("version", as: Int.self))
        }
        for id in group.ids where !workspace.contains(AggregateKey(table: group.table, id: id)) {
            workspace.load(AggregateKey(table: group.table, id: id), nil, version: 0)
        }
    }
}

extension Aggregate {
    fileprivate init(document: JSONB, _ decoder: JSONDecoder) throws {
        self = try document.decode(Self.self, decoder: decoder)
    }
}
