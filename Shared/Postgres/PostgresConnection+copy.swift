internal import CLibPQ

extension PostgresConnection {
    /// Runs `COPY … FROM STDIN` (in its text format) with these rows; nil is NULL. Returns how many rows were taken:
    /// all, or none and an error. The whole text is held in memory.
    public nonisolated func copyIn(_ statement: String, rows: some Sequence<[String?]>) async throws -> Int {
        try await copy(statement, chunks: CopyText.chunks(rows))
    }

    private func copy(_ statement: String, chunks: [[UInt8]]) async throws -> Int {
        await take()
        defer { release() }
        let pointer = try await readySession()
        return try await outsidePipelineMode(pointer) {
            var exchange = Exchange(patience: self.configuration.patience)
            guard PQsendQuery(pointer, statement) == 1 else { throw self.lost(pointer) }
            try await self.flush(pointer, &exchange)
            try await self.awaitResult(pointer, &exchange)
            guard try await self.expectCopyIn(pointer, &exchange) else {
                throw PostgresError.usage("the statement is no COPY … FROM STDIN")
            }
            for chunk in chunks where !exchange.isCancelled {
                try await self.put(chunk, pointer, &exchange)
            }
            let reason = exchange.isCancelled ? "cancelled" : nil
            while true {
                let sent = PQputCopyEnd(pointer, reason)
                guard sent == 0 else {
                    if sent < 0 { throw self.lost(pointer) }
                    break
                }
                try await self.flush(pointer, &exchange)
            }
            try await self.flush(pointer, &exchange)
            return try await self.drain(pointer, &exchange)
        }
    }

    /// True when the server waits for rows. False when the statement did something else; throws its error.
    private func expectCopyIn(_ pointer: OpaquePointer, _ exchange: inout Exchange) async throws -> Bool {
        guard let result = PQgetResult(pointer) else { throw lost(pointer) }
        let status = PQresultStatus(result)
        if status == PGRES_COPY_IN {
            PQclear(result)
            return true
        }
        let failure = status == PGRES_FATAL_ERROR ? PostgresError(result: result) : nil
        PQclear(result)
        if status == PGRES_COPY_OUT || failure?.isConnectionFault == true {
            drop()
        } else {
            _ = try await drain(pointer, &exchange)
        }
        if let failure { throw failure }
        return false
    }

    private func put(_ chunk: [UInt8], _ pointer: OpaquePointer, _ exchange: inout Exchange) async throws {
        while true {
            let sent = chunk.withUnsafeBytes { bytes in
                PQputCopyData(pointer, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
            }
            guard sent >= 0 else { throw lost(pointer) }
            // Sent as it goes, so that libpq's buffer does not come to hold everything.
            try await flush(pointer, &exchange)
            if sent == 1 { return }
        }
    }
}

/// COPY's text format: tabs between columns, `\N` for NULL.
enum CopyText {
    static let chunkSize = 64 * 1024

    static func chunks(_ rows: some Sequence<[String?]>) -> [[UInt8]] {
        var chunks: [[UInt8]] = []
        var chunk: [UInt8] = []
        for row in rows {
            for (index, column) in row.enumerated() {
                if index > 0 { chunk.append(UInt8(ascii: "\t")) }
                append(column, to: &chunk)
            }
            chunk.append(UInt8(ascii: "\n"))
            if chunk.count >= chunkSize {
                chunks.append(chunk)
                chunk.removeAll(keepingCapacity: true)
            }
        }
        if !chunk.isEmpty { chunks.append(chunk) }
        return chunks
    }

    private static func append(_ column: String?, to chunk: inout [UInt8]) {
        guard let column else {
            chunk += "\\N".utf8
            return
        }
        for byte in column.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): chunk += "\\\\".utf8
            case UInt8(ascii: "\t"): chunk += "\\t".utf8
            case UInt8(ascii: "\n"): chunk += "\\n".utf8
            case UInt8(ascii: "\r"): chunk += "\\r".utf8
            default: chunk.append(byte)
            }
        }
    }
}
