import DomainContracts
import Foundation

/// Reads a query's members from an address: texts, numbers, flags, ids and times, each at most once, and lists of them, whose
/// members' name stands before each.
enum QueryReader {
    static func read<Q: Query>(_ type: Q.Type, from items: [(name: String, value: String)]) throws -> Q {
        try Q(from: QueryDecoder(values: Dictionary(grouping: items, by: \.name).mapValues { $0.map(\.value) }))
    }

    fileprivate static func invalid(_ name: String, _ code: String, _ detail: String) -> Problem {
        Problem(
            code: "invalid-message", title: "The message is not valid",
            errors: [FieldProblem("/query/\(name)", code, detail)])
    }
}

private struct QueryDecoder: Decoder {
    let values: [String: [String]]
    var codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(QueryMembers(values: values))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NoList() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw NoList() }

    struct NoList: Error {}
}

private struct QueryMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let values: [String: [String]]
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { values.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { values[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { !contains(key) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let name = key.stringValue
        guard let texts = values[name], let text = texts.first else {
            throw QueryReader.invalid(name, "required", "is required")
        }
        if type is any ListOfMembers.Type {
            guard let list = try? T(from: ListOfValues(texts: texts)) else {
                throw QueryReader.invalid(name, "type", "expected other values")
            }
            return list
        }
        guard texts.count == 1 else { throw QueryReader.invalid(name, "duplicate", "is given twice") }
        let read: Any? =
            switch type {
            case is UUID.Type: UUID(uuidString: text)
            case is Date.Type: RFC3339.parse(text)
            case is Int.Type: Int(text)
            case is Bool.Type: ["true": true, "false": false][text]
            case is String.Type: text
            default: try? T(from: OneValue(text: text))
            }
        guard let value = read as? T else {
            throw QueryReader.invalid(name, "type", "expected \(Self.expectation(type))")
        }
        return value
    }

    private static func expectation(_ type: Any.Type) -> String {
        switch type {
        case is UUID.Type: "an id"
        case is Date.Type: "a time such as 2026-11-21T01:12:00Z"
        case is Int.Type: "a whole number"
        case is Bool.Type: "true or false"
        default: "another value"
        }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw QueryDecoder.NoList() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw QueryDecoder.NoList() }
    func superDecoder() throws -> any Decoder { throw QueryDecoder.NoList() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw QueryDecoder.NoList() }
}

private protocol ListOfMembers {}
extension Array: ListOfMembers {}

/// Several texts, each as what it stands for.
private struct ListOfValues: Decoder {
    let texts: [String]
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw QueryDecoder.NoList()
    }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw QueryDecoder.NoList() }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { Values(texts: texts) }

    private struct Values: UnkeyedDecodingContainer {
        let texts: [String]
        var currentIndex = 0
        var codingPath: [any CodingKey] { [] }
        var count: Int? { texts.count }
        var isAtEnd: Bool { currentIndex >= texts.count }

        mutating func decodeNil() -> Bool { false }
        mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
            let value = try T(from: OneValue(text: texts[currentIndex]))
            currentIndex += 1
            return value
        }
        mutating func nestedContainer<Key: CodingKey>(
            keyedBy type: Key.Type
        ) throws -> KeyedDecodingContainer<Key> { throw QueryDecoder.NoList() }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw QueryDecoder.NoList() }
        mutating func superDecoder() throws -> any Decoder { throw QueryDecoder.NoList() }
    }
}

/// A text as what it stands for: one of an open enumeration's values.
private struct OneValue: Decoder {
    let text: String
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw QueryDecoder.NoList()
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw QueryDecoder.NoList() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { Value(text: text) }

    private struct Value: SingleValueDecodingContainer {
        let text: String
        var codingPath: [any CodingKey] { [] }

        func decodeNil() -> Bool { false }
        func decode<T: Decodable>(_ type: T.Type) throws -> T {
            guard let value = text as? T else { throw QueryDecoder.NoList() }
            return value
        }
    }
}
