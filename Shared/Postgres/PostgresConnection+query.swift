internal import CLibPQ

extension PostgresConnection {
    /// Runs one statement and returns its rows.
    public func query(_ sql: SQL) async throws -> [PostgresRow] {
        try await run(sql).rows
    }

    /// Runs one statement and returns how many rows it changed.
    @discardableResult
    public func execute(_ sql: SQL) async throws -> Int {
        try await run(sql).affectedRows
    }

    /// Sends all statements at once and returns their rows in order. Outside a transaction they are one: either all
    /// take effect or none. The first error is thrown.
    public func pipeline(_ statements: [SQL]) async throws -> [[PostgresRow]] {
        try await run(statements).map(\.rows)
    }

    func run(_ sql: SQL, isShielded: Bool = false) async throws -> ResultSet {
        guard let result = try await run([sql], isShielded: isShielded).first else {
            throw PostgresError.usage("the statement gave no result")
        }
        return result
    }

    func run(_ statements: [SQL], isShielded: Bool = false) async throws -> [ResultSet] {
        for sql in statements {
            if let problem = sql.parameter.problem { throw PostgresError.usage(problem) }
            if sql.binds.count > 65_535 { throw PostgresError.usage("a statement takes at most 65,535 parameters") }
        }
        guard !statements.isEmpty else { return [] }
        await take()
        defer { release() }
        do {
            return try await attempt(statements, isShielded: isShielded)
        } catch let error as PostgresError where error.isStalePlan && condition(is: PQTRANS_IDLE) {
            // A migration changed a table under a prepared statement, which the cache has forgotten by now. Nothing
            // took effect, so outside a transaction it can simply run again.
            return try await attempt(statements, isShielded: isShielded)
        }
    }

    private func condition(is status: PGTransactionStatusType) -> Bool {
        sessionPointer.map { PQtransactionStatus($0) == status } ?? false
    }

    /// The caller holds the turn.
    func attempt(_ statements: [SQL], isShielded: Bool) async throws -> [ResultSet] {
        let pointer = try await readySession(shielded: isShielded)
        var exchange = Exchange(isShielded: isShielded, patience: configuration.patience)
        var steps: [PipelineStep] = []
        for sql in statements {
            guard send(sql, pointer, &steps) else { throw lost(pointer) }
        }
        guard PQpipelineSync(pointer) == 1 else { throw lost(pointer) }
        try await flush(pointer, &exchange)
        let outcome = try await collect(pointer, steps, &exchange)
        if exchange.isCancelled { throw CancellationError() }
        return try outcome.get()
    }

    /// Reads the results of all steps, up to the end of the pipeline.
    private func collect(_ pointer: OpaquePointer, _ steps: [PipelineStep], _ exchange: inout Exchange) async throws
        -> Result<[ResultSet], PostgresError>
    {
        var results: [ResultSet] = []
        var failure: PostgresError?
        var step = 0
        var sawResult = false
        while true {
            try await awaitResult(pointer, &exchange)
            guard let result = PQgetResult(pointer) else {
                // The end of one step's results. Two in a row come from a dead session only.
                guard sawResult else { throw failure ?? lost(pointer) }
                sawResult = false
                step += 1
                continue
            }
            sawResult = true
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                return failure.map(Result.failure) ?? .success(results)
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                if let set = steps[min(step, steps.count - 1)].accept(result) { results.append(set) }
            case PGRES_FATAL_ERROR:
                let error = PostgresError(result: result)
                PQclear(result)
                if error.isStalePlan { statements.forgetAll() }
                if error.isConnectionFault || PQstatus(pointer) == CONNECTION_BAD {
                    drop()
                    throw error
                }
                failure = failure ?? error
            case PGRES_PIPELINE_ABORTED:
                PQclear(result)
            default:
                PQclear(result)
                drop()
                throw PostgresError.usage("COPY runs with copyIn only")
            }
        }
    }
}

extension PostgresError {
    /// "cached plan must not change result type", or somebody said DEALLOCATE ALL.
    fileprivate var isStalePlan: Bool {
        sqlState == .invalidStatementName
            || sqlState == .featureNotSupported && message.contains("cached plan")
    }
}
