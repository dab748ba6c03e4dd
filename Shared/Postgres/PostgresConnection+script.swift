internal import CLibPQ

extension PostgresConnection {
    /// Runs several statements in one text, without parameters; for migrations. Unless the text says BEGIN itself, they
    /// are one transaction. No result is returned; the first error is thrown.
    public func script(_ text: String) async throws {
        await take()
        defer { release() }
        let pointer = try await readySession()
        try await outsidePipelineMode(pointer) {
            // A migration may allow itself more time than statements have: no limit here.
            var exchange = Exchange()
            guard PQsendQuery(pointer, text) == 1 else { throw self.lost(pointer) }
            try await self.flush(pointer, &exchange)
            _ = try await self.drain(pointer, &exchange)
        }
    }

    /// The simple protocol and COPY are not allowed in a pipeline, which is where the session stands otherwise.
    func outsidePipelineMode<Value>(_ pointer: OpaquePointer, _ body: () async throws -> Value) async throws -> Value {
        guard PQexitPipelineMode(pointer) == 1 else { throw lost(pointer) }
        defer {
            if sessionPointer != nil, PQenterPipelineMode(pointer) == 0 {
                drop()
            }
        }
        return try await body()
    }

    /// Reads results to their end; returns the affected rows of the last, or throws the first error.
    func drain(_ pointer: OpaquePointer, _ exchange: inout Exchange) async throws -> Int {
        var affected = 0
        var failure: PostgresError?
        while true {
            try await awaitResult(pointer, &exchange)
            guard let result = PQgetResult(pointer) else { break }
            let status = PQresultStatus(result)
            if status == PGRES_FATAL_ERROR {
                let error = PostgresError(result: result)
                PQclear(result)
                if error.isConnectionFault || PQstatus(pointer) == CONNECTION_BAD {
                    drop()
                    throw error
                }
                failure = failure ?? error
            } else {
                affected = ResultSet(result, columns: nil).affectedRows
            }
            if status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH {
                drop()
                throw PostgresError.usage("COPY runs with copyIn only")
            }
        }
        if exchange.isCancelled { throw CancellationError() }
        if let failure { throw failure }
        return affected
    }
}
