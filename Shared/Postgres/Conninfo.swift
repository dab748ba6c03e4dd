internal import CLibPQ

/// libpq's connection settings as a dictionary.
enum Conninfo {
    static func parse(_ url: String) throws(PostgresError) -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let list = PQconninfoParse(url, &message) else {
            // The message may quote the URL, and with it a password.
            PQfreemem(message)
            throw PostgresError(kind: .connection(.misconfigured), message: "the database URL cannot be parsed")
        }
        defer { PQconninfoFree(list) }
        var options: [String: String] = [:]
        var next = list
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val {
                options[String(cString: keyword)] = String(cString: value)
            }
            next += 1
        }
        return options
    }

    /// Begins to connect, without blocking as long as no name must be looked up.
    static func start(_ options: [String: String]) -> OpaquePointer? {
        let pairs = Array(options)
        return withCStrings(pairs.map(\.key)) { keywords in
            withCStrings(pairs.map(\.value)) { values in
                PQconnectStartParams(keywords, values, 0)
            }
        }
    }

    /// The strings as C wants them, with a null at the end, for the time of `body`.
    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        let offsets = strings.map { string in
            defer { bytes += string.utf8CString }
            return bytes.count
        }
        return bytes.withUnsafeBufferPointer { buffer in
            body(offsets.map { offset in buffer.baseAddress.map { $0 + offset } } + [nil])
        }
    }
}
