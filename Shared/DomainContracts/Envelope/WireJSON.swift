import FoundationEssentials

/// The one JSON dialect of the wire: RFC 3339 times in UTC with milliseconds, absent means null.
public enum WireJSON {
    public static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(RFC3339.format(date))
        }
        return encoder
    }

    /// Keys sorted: for hashes and golden files.
    public static func canonicalEncoder() -> JSONEncoder {
        let encoder = encoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        return encoder
    }

    public static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = RFC3339.parse(text) else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "expected an RFC 3339 time such as 2026-11-21T01:12:00Z")
            }
            return date
        }
        return decoder
    }

    /// The problem that a decoding error means to the sender, with a pointer to the member at fault.
    public static func problem(from error: any Error) -> Problem {
        guard let error = error as? DecodingError else {
            return Problem(code: "undecodable", title: "The message cannot be read", detail: "\(error)", status: 400)
        }
        let (path, code, detail): ([any CodingKey], String, String) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath + [key], "required", "is required")
            case .valueNotFound(_, let context): (context.codingPath, "required", "must not be null")
            case .typeMismatch(let type, let context): (context.codingPath, "type", "expected \(type)")
            case .dataCorrupted(let context): (context.codingPath, "invalid", context.debugDescription)
            @unknown default: ([], "invalid", "\(error)")
            }
        if path.isEmpty {
            return Problem(
                code: "undecodable", title: "The message cannot be read", detail: detail, status: 400)
        }
        let pointer = path.map { "/" + ($0.intValue.map(String.init) ?? $0.stringValue) }.joined()
        return Problem(
            code: "invalid-message", title: "The message is not valid",
            errors: [FieldProblem(pointer, code, detail)])
    }
}

extension KeyedDecodingContainer {
    /// On the wire an absent list and an empty one are the same.
    func decode<T: Decodable>(_ type: [T].Type, forKey key: Key) throws -> [T] {
        try decodeIfPresent(type, forKey: key) ?? []
    }

    func decode<V: Decodable>(_ type: [String: V].Type, forKey key: Key) throws -> [String: V] {
        try decodeIfPresent(type, forKey: key) ?? [:]
    }
}

extension KeyedEncodingContainer {
    /// On the wire ids are lowercase; Foundation writes them in capitals.
    mutating func encode(_ id: UUID, forKey key: Key) throws {
        try encode(id.text, forKey: key)
    }

    mutating func encodeIfPresent(_ id: UUID?, forKey key: Key) throws {
        if let id { try encode(id, forKey: key) }
    }

    mutating func encode(_ ids: [UUID], forKey key: Key) throws {
        try encode(ids.map(\.text), forKey: key)
    }

    mutating func encodeIfPresent(_ ids: [UUID]?, forKey key: Key) throws {
        if let ids { try encode(ids, forKey: key) }
    }
}
