internal import CLibPQ

/// What a result in the pipeline answers.
enum PipelineStep {
    case housekeeping
    case prepare(StatementCache.Entry)
    case execute(StatementCache.Entry?)

    /// Takes over `result`; returns it as a set if it is the answer to a caller's statement.
    func accept(_ result: OpaquePointer) -> ResultSet? {
        switch self {
        case .housekeeping:
            PQclear(result)
            return nil
        case .prepare(let entry):
            entry.isPrepared = true
            PQclear(result)
            return nil
        case .execute(let entry):
            let set = ResultSet(result, columns: entry?.columns)
            if let entry, entry.isPrepared { entry.columns = set.columns }
            return set
        }
    }
}

extension PostgresConnection {
    /// Queues the statement, and before it whatever the statement cache wants; false when libpq cannot.
    func send(_ sql: SQL, _ pointer: OpaquePointer, _ steps: inout [PipelineStep]) -> Bool {
        let text = sql.text
        // Text is left to the server to infer, so that it also fits an enum, a date or a citext.
        let types = sql.binds.map { $0.type == .text ? PostgresType.unknown : $0.type }
        let (entry, evicted) = statements.entry(text: text, types: types)
        if let evicted {
            steps.append(.housekeeping)
            guard PQsendQueryParams(pointer, "DEALLOCATE \(evicted.name)", 0, nil, nil, nil, nil, 0) == 1 else {
                return false
            }
        }
        let oids = types.map(\.oid)
        if let entry, entry.uses > 1, !entry.isPrepared, !steps.contains(where: { $0.prepares(entry) }) {
            steps.append(.prepare(entry))
            guard PQsendPrepare(pointer, entry.name, text, Int32(oids.count), oids) == 1 else { return false }
        }
        let isPrepared = entry.map { entry in entry.isPrepared || steps.contains { $0.prepares(entry) } } ?? false
        steps.append(.execute(entry))
        let lengths = sql.binds.map { Int32(max(0, $0.length)) }
        let formats: [Int32] = sql.binds.map { $0.type == .text ? 0 : 1 }
        return sql.parameter.bytes.withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = sql.binds.map { bind in bind.length < 0 ? nil : base.map { $0 + bind.start } }
            let count = Int32(values.count)
            if let entry, isPrepared {
                return PQsendQueryPrepared(pointer, entry.name, count, values, lengths, formats, 1) == 1
            }
            return PQsendQueryParams(pointer, text, count, oids, values, lengths, formats, 1) == 1
        }
    }
}

extension PipelineStep {
    fileprivate func prepares(_ entry: StatementCache.Entry) -> Bool {
        if case .prepare(let prepared) = self { prepared === entry } else { false }
    }
}
