internal import CLibPQ

extension PostgresError {
    /// Reads a failed result; does not free it.
    init(result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
            return String(cString: text)
        }
        let state = field("C").map(SQLState.init(rawValue:))
        let severity = field("V")
        self.init(
            // Without a state it is libpq's own word: the session is gone.
            kind: state == nil ? .connection(.lost) : .server, sqlState: state,
            message: field("M") ?? Self.firstLine(PQresultErrorMessage(result)))
        if severity == "FATAL" || severity == "PANIC" {
            kind = .connection(.lost)
        }
        detail = field("D")
        hint = field("H")
        schema = field("s")
        table = field("t")
        column = field("c")
        constraint = field("n")
    }

    /// A failed attempt to connect. libpq keeps no fields for it, but with verbose messages the SQLSTATE stands in the
    /// text: "FATAL:  53300: sorry, too many clients already".
    init(connecting session: OpaquePointer) {
        let text = PQerrorMessage(session).map { String(cString: $0) } ?? ""
        // The server's place in its own source says nothing to our readers.
        let words = text.split(separator: "\n").filter { !$0.hasPrefix("LOCATION:") }
            .flatMap { $0.split(whereSeparator: \.isWhitespace) }
        let state = words.lazy.filter { word in
            word.count == 6 && word.hasSuffix(":")
                && word.dropLast().allSatisfy { ("0"..."9").contains($0) || ("A"..."Z").contains($0) }
                && word.contains { ("0"..."9").contains($0) }
        }.first.map { SQLState(rawValue: String($0.dropLast())) }
        self.init(
            kind: .connection(.refused), sqlState: state,
            message: words.isEmpty ? "no connection" : words.joined(separator: " "))
    }

    /// A server that was the primary once, and was started again beside its successor.
    init(former place: Place, _ timeline: Int, _ newest: Int) {
        self.init(
            kind: .connection(.refused),
            message: "\(place.name ?? "the server") was the primary once: it is on timeline \(timeline), "
                + "and \(newest) has been seen")
    }

    /// What each of several servers said. It passes by itself as soon as one of them would.
    init(ofServers failures: [PostgresError]) {
        let worst = PostgresError(kind: .connection(.refused), message: "no server is named")
        self = failures.first { $0.isTransientDependencyFault } ?? failures.first ?? worst
        message = failures.map(\.message).joined(separator: "; ")
    }

    static func firstLine(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "" }
        return String(cString: text).split(separator: "\n").first.map(String.init) ?? ""
    }
}
