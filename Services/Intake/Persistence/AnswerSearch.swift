import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Searches the registry by its token index: what is exactly meant first, then what holds every word, then, when there
/// is nothing else, what is spelled much like it.
struct AnswerSearch: QueryHandler {
    static let longestText = 200
    /// How common a token is decides how it is found. A plan for any value would take each for fairly common, and might
    /// read the table from its beginning for one that is not; good until the end of the pipeline.
    private static let planForTheseValues: SQL = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)"

    func answer(_ query: SearchRegistry, on connection: PostgresConnection) async throws -> SearchRegistryAnswer {
        let limit = try PageSize.of(query.limit, most: 100, usual: 20)
        guard query.text.count <= Self.longestText, let sought = SoughtTokens(query.text) else {
            throw Refusal.invalid("/data/text", "length", "from 2 letters or digits to \(Self.longestText) characters")
        }
        for (index, kind) in query.kinds.enumerated() where !kind.isKnown {
            throw Refusal.invalid(
                "/data/kinds/\(index)", "unknown-value",
                "one of " + RegistryKind.known.map(\.rawValue).joined(separator: ", "))
        }
        var place = try query.cursor.map(SearchPlace.init(cursor:)) ?? SearchPlace()
        var hits: [RegistryHit] = []
        while let tier = place.tier {
            // One more than is shown tells whether there is another page.
            let wanted = limit + 1 - hits.count
            let found = try await rows(tier, sought, query.kinds, from: place.offset, limit: wanted, connection)
            hits += found
            if hits.count > limit {
                return SearchRegistryAnswer(
                    hits: try await led(Array(hits.prefix(limit)), connection),
                    cursor: place.moved(by: found.count - 1).cursor)
            }
            place = place.next(nothingYet: hits.isEmpty && query.cursor == nil)
        }
        return SearchRegistryAnswer(hits: try await led(hits, connection))
    }

    /// Hits of devices that were merged lead to the record that stands for them; found by two labels, it is shown once.
    private func led(_ hits: [RegistryHit], _ connection: PostgresConnection) async throws -> [RegistryHit] {
        let survivors = try await DeviceGroup.survivors(of: Set(hits.compactMap(\.deviceId)), on: connection)
        guard !survivors.isEmpty else { return hits }
        var shown: Set<UUID> = []
        return hits.compactMap { hit in
            var hit = hit
            if let survivor = hit.deviceId.flatMap({ survivors[$0] }) {
                hit.deviceId = survivor
                if hit.kind == .device { hit.id = survivor }
            }
            return hit.kind != .device || shown.insert(hit.id).inserted ? hit : nil
        }
    }

    private func rows(
        _ tier: SearchMatch, _ sought: SoughtTokens, _ kinds: [RegistryKind], from offset: Int, limit: Int,
        _ connection: PostgresConnection
    ) async throws -> [RegistryHit] {
        guard let condition = sought.condition(tier) else { return [] }
        let ofKind: SQL = kinds.isEmpty ? "" : "AND kind = ANY(\(kinds.map(\.rawValue)))"
        let found = try await connection.pipeline([
            Self.planForTheseValues,
            """
            SELECT state FROM search_entry WHERE \(fragment: condition) \(fragment: ofKind)
            LIMIT \(limit) OFFSET \(offset)
            """,
        ])
        let decoder = WireJSON.decoder()
        return try found[1].map { row in
            try row.get("state", as: JSONB.self).decode(SearchEntry.self, decoder: decoder).hit(tier)
        }
    }
}

/// Where a page of results begins.
struct SearchPlace: Equatable {
    private static let tiers: [SearchMatch] = [.exact, .contained, .similar]
    /// Nobody reads on so far, and each row that is skipped is read.
    private static let furthest = 10_000

    private var index = 0
    private(set) var offset = 0

    init() {}

    /// - Throws: a refusal when it is no cursor of ours.
    init(cursor: String) throws(Refusal) {
        let parts = cursor.split(separator: ".").map { Int($0) }
        guard parts.count == 2, let index = parts[0], let offset = parts[1], Self.tiers.indices.contains(index),
            (0...Self.furthest).contains(offset)
        else { throw .invalid("/data/cursor", "unknown", "the cursor of an answer, and no further than 10000 hits") }
        self.index = index
        self.offset = offset
    }

    var cursor: String { "\(index).\(offset)" }
    /// Nil behind the last.
    var tier: SearchMatch? { Self.tiers.indices.contains(index) ? Self.tiers[index] : nil }

    func moved(by count: Int) -> SearchPlace {
        var place = self
        place.offset += count
        return place
    }

    /// The beginning of the next kind of match; similar spellings only where there is nothing else.
    func next(nothingYet: Bool) -> SearchPlace {
        var place = self
        place.index = tier == .contained && !nothingYet ? Self.tiers.count : index + 1
        place.offset = 0
        return place
    }
}

extension SoughtTokens {
    /// What rows of a kind of match hold, and no row of a better kind; nil when there is none.
    fileprivate func condition(_ match: SearchMatch) -> SQL? {
        switch match {
        case .exact: "tokens && \(exact)"
        case .contained where contained.isEmpty: nil
        case .contained: "\(fragment: Self.all(contained)) AND NOT tokens && \(exact)"
        case .similar: similar.map(Self.all)
        default: nil
        }
    }

    private static func all(_ words: [[String]]) -> SQL {
        words.map { "tokens && \($0)" as SQL }.joined(separator: " AND ")
    }
}

extension SearchEntry {
    func hit(_ match: SearchMatch) -> RegistryHit {
        RegistryHit(
            kind: kind, id: target, title: title, detail: detail, match: match, customerId: customerId,
            deviceId: deviceId)
    }
}
