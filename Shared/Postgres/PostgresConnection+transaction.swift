extension PostgresConnection {
    /// Runs `body` between BEGIN and COMMIT; rolls back and rethrows what it throws. Failures of BEGIN, ROLLBACK and
    /// COMMIT themselves come as `TransactionFailure`. Cancellation rolls back; COMMIT, once sent, is waited for.
    public nonisolated func transaction<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        do {
            try await execute("BEGIN")
        } catch let error as PostgresError {
            throw TransactionFailure.begin(error)
        }
        let value: Value
        do {
            value = try await body(self)
            try Task.checkCancellation()
        } catch {
            try await rollBack(after: error)
            throw error
        }
        try await commit()
        return value
    }

    private func commit() async throws {
        let result: ResultSet
        do {
            result = try await run("COMMIT", isShielded: true)
        } catch let error as PostgresError {
            throw TransactionFailure.commit(error)
        }
        // The server answers a COMMIT after a failed statement with ROLLBACK and no error.
        guard result.commandTag == "COMMIT" else {
            throw TransactionFailure.commit(
                PostgresError(
                    kind: .server, sqlState: SQLState(rawValue: "25P02"),
                    message: "a statement had failed, so the transaction was rolled back"))
        }
    }

    private func rollBack(after cause: any Error) async throws {
        // A session that is gone has been rolled back by the server.
        guard isOpen else { return }
        do {
            _ = try await run("ROLLBACK", isShielded: true)
        } catch let error as PostgresError {
            await close()
            throw TransactionFailure.rollback(body: cause, error)
        }
    }

    /// Makes the session fit for somebody else, or ends it. Costs no hop to the thread when it is fit already.
    nonisolated func restore() async {
        switch condition.load(ordering: .acquiring) {
        case .closed, .ready:
            return
        case .busy:
            await close()
        case .inTransaction:
            do {
                _ = try await run("ROLLBACK", isShielded: true)
            } catch {
                await close()
            }
        }
    }
}
