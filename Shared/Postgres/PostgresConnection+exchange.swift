internal import CLibPQ
import PollThread

/// How one exchange with the server goes on.
struct Exchange {
    /// COMMIT, ROLLBACK: the task's cancellation does not disturb it.
    var isShielded = false
    /// A longer silence means that the server is frozen or out of reach.
    var patience: Duration?
    /// The task was cancelled: the server was asked to stop, and what it still sends is read to the end.
    var isCancelled = false
    var cancelRequests = 0
}

extension PostgresConnection {
    /// The server may take the first request for one that came too early, between two statements: it is repeated.
    private static let cancelAttempts = 6

    /// Sends all that libpq has buffered, reading meanwhile, so that the two sides never both wait to write.
    func flush(_ pointer: OpaquePointer, _ exchange: inout Exchange) async throws {
        while true {
            switch PQflush(pointer) {
            case 0: return
            case 1:
                try await awaitSocket(pointer, .readWrite, &exchange)
                guard PQconsumeInput(pointer) == 1 else { throw lost(pointer) }
            default: throw lost(pointer)
            }
        }
    }

    /// Suspends until `PQgetResult` will not block.
    func awaitResult(_ pointer: OpaquePointer, _ exchange: inout Exchange) async throws {
        while PQisBusy(pointer) == 1 {
            try await awaitSocket(pointer, .read, &exchange)
            guard PQconsumeInput(pointer) == 1 else { throw lost(pointer) }
        }
    }

    func awaitSocket(_ pointer: OpaquePointer, _ interest: Interest, _ exchange: inout Exchange) async throws {
        let deadline: ContinuousClock.Instant? =
            if exchange.isCancelled {
                .now + .milliseconds(min(1_000, 100 << exchange.cancelRequests))
            } else {
                exchange.patience.map { .now + $0 }
            }
        do {
            let readiness = try await wait(
                for: PQsocket(pointer), interest, until: deadline,
                ignoringCancellation: exchange.isShielded || exchange.isCancelled)
            guard readiness == .timedOut else { return }
            guard exchange.isCancelled, exchange.cancelRequests < Self.cancelAttempts else {
                drop()
                if exchange.isCancelled { throw CancellationError() }
                throw PostgresError(kind: .connection(.unresponsive), message: "the server is silent")
            }
            await requestCancel(pointer, &exchange)
        } catch is CancellationError where sessionPointer != nil {
            exchange.isCancelled = true
            await requestCancel(pointer, &exchange)
        } catch is PollThreadStopped {
            drop()
            throw PostgresError(kind: .connection(.closed), message: "the poll thread was shut down")
        }
    }

    private func requestCancel(_ pointer: OpaquePointer, _ exchange: inout Exchange) async {
        exchange.cancelRequests += 1
        guard let request = CancelRequest(session: pointer) else { return }
        // If it fails, the next wait fails or tries again.
        _ = try? await offThread(until: .now + .seconds(2), ignoringCancellation: true) { request.send() }
    }

    /// Ends the session after an error of the wire, and says what the server's last word was, if any.
    func lost(_ pointer: OpaquePointer) -> PostgresError {
        var error = PostgresError(
            kind: .connection(.lost), message: PostgresError.firstLine(PQerrorMessage(pointer)))
        if PQstatus(pointer) == CONNECTION_BAD {
            while let result = PQgetResult(pointer) {
                let farewell = PostgresError(result: result)
                let isPipelineMark = PQresultStatus(result) != PGRES_FATAL_ERROR
                PQclear(result)
                if isPipelineMark { break }
                if farewell.sqlState != nil {
                    error = farewell
                    error.kind = .connection(.lost)
                    break
                }
            }
        }
        drop()
        return error
    }
}
