import DomainContracts
import Foundation
import Testing

@Suite("AsyncAPI document")
struct AsyncAPITests {
    private static let read = Result { Schemas(source: try ContractSource(below: Repository.contracts)) }
    private static let made = read.flatMap { schemas in
        Result { try AsyncAPIDocument(schemas: schemas).rendered() }
    }
    /// The document's lines; when it is to be written anew, as they are then.
    private static let storedLines = Result {
        if ProcessInfo.processInfo.environment["MENDLOOP_WRITE_ASYNCAPI"] == "1" {
            try Data(made.get().utf8).write(to: Repository.asyncAPI)
        }
        return try String(contentsOf: Repository.asyncAPI, encoding: .utf8).split(separator: "\n").map(String.init)
    }
    private static let storedPairs = storedLines.map { lines in
        Set(zip(lines, lines.dropFirst()).map { "\($0)\n\($1)" })
    }

    private let schemas: Schemas

    init() throws {
        schemas = try Self.read.get()
    }

    @Test("docs/asyncapi.yaml says what the contracts say, with the golden examples")
    func upToDate() throws {
        let stored = try Self.storedLines.get()
        let made = try Self.made.get().split(separator: "\n").map(String.init)
        let difference = zip(stored, made).first { $0 != $1 }
        #expect(
            stored.count == made.count && difference == nil,
            "write it anew with MENDLOOP_WRITE_ASYNCAPI=1; first difference: \(difference.map { "\($0)" } ?? "length")")
    }

    @Test("every message stands there with its type, its address and its example", arguments: GoldenExample.all)
    func lists(_ example: GoldenExample) throws {
        let stored = try Self.storedPairs.get()
        #expect(stored.contains("    \(WireMessage.key(example)):\n      name: \"\(example.type)\""))
        #expect(stored.contains("      examples:\n        - payload: \(try canonical(example.bytes()))"))
        let all = WireMessage.commands + WireMessage.events + WireMessage.queries + WireMessage.operations
        if let address = all.first(where: { $0.example.path == example.path })?.address {
            #expect(stored.contains("  \(WireMessage.key(example)):\n    address: \"\(address)\""))
        }
    }

    @Test("every reference leads somewhere")
    func references() throws {
        let stored = try Self.storedLines.get()
        var path: [(indent: Int, key: String)] = []
        var pointers: Set<String> = []
        for line in stored {
            guard let match = line.firstMatch(of: /^( *)"?([\w.$-]+)"?:/) else { continue }
            path.removeAll { $0.indent >= match.1.count }
            path.append((match.1.count, String(match.2)))
            pointers.insert("#/" + path.map(\.key).joined(separator: "/"))
        }
        let references = stored.filter { $0.contains("$ref") }.compactMap { line in
            line.firstMatch(of: /\$ref: "([^"]+)"/).map { String($0.1) }
        }
        #expect(references.count > 500)
        #expect(Set(references).subtracting(pointers) == [])
    }

    /// Optional members that came after the example, which is never changed.
    private static let addedLater: Set<String> = [
        "EstimatePrepared.supersedes", "RegisterContract.visitQuota", "ContractChanged.visitQuota",
        "LedgerEntryPosted.occurredAt", "SettlementAnswer.taxInvoices", "DispatchImpossible.decidedAt",
        "WorkOrderAnswer.impasse", "RegisterEngineer.depot",
    ]

    @Test("an example holds every member of its schema, and no other", arguments: GoldenExample.all)
    func fits(_ example: GoldenExample) throws {
        guard case .object(let envelope) = try WireJSON.decoder().decode(JSONValue.self, from: example.bytes()),
            let data = envelope["data"]
        else {
            Issue.record("an envelope with data was expected")
            return
        }
        #expect(misfits(.object(envelope.filter { $0.key != "data" }), "Envelope", "") == [])
        #expect(misfits(data, example.data, "/data") == [])
        // What may be absent is shown at least once at the top, so that a reader sees the whole message.
        let absent: Set<String> = ["detail", "status"]
        if case .object(let members) = data {
            let declared = (schemas.source.structures[example.data]?.members ?? []).map(\.name).filter {
                !Self.addedLater.contains("\(example.data).\($0)")
            }
            #expect(Set(declared).subtracting(members.keys).subtracting(absent) == [])
        }
    }

    /// Pointers to what in `value` is not as `type` says.
    private func misfits(_ value: JSONValue, _ type: String, _ pointer: String) -> [String] {
        if type.hasPrefix("[String: ") {
            guard case .object(let members) = value else { return [pointer] }
            let inner = String(type.dropFirst(9).dropLast())
            return members.flatMap { misfits($0.value, inner, "\(pointer)/\($0.key)") }
        }
        if type.hasPrefix("[") {
            guard case .array(let items) = value else { return [pointer] }
            let inner = String(type.dropFirst().dropLast())
            return items.enumerated().flatMap { misfits($0.element, inner, "\(pointer)/\($0.offset)") }
        }
        switch (type, value) {
        case ("JSONValue", _), ("Bool", .bool), ("Int", .int), ("Double", .number), ("Double", .int): return []
        case ("String", .string): return []
        case ("UUID", .string(let text)): return UUID(uuidString: text) == nil ? [pointer] : []
        case ("Date", .string(let text)): return RFC3339.parse(text) == nil ? [pointer] : []
        case (_, .string(let text)):
            // Examples say only what this version knows.
            return schemas.source.enumerations[type]?.values.contains(text) == true ? [] : [pointer]
        case (_, .object(let members)):
            guard let structure = schemas.source.structures[type] else { return [pointer] }
            let missing = structure.members.filter { schemas.isRequired($0) && members[$0.name] == nil }
            return missing.map { "\(pointer)/\($0.name)" }
                + members.flatMap { name, value in
                    guard let member = structure.members.first(where: { $0.name == name }) else {
                        return ["\(pointer)/\(name)"]
                    }
                    return misfits(value, member.type, "\(pointer)/\(name)")
                }
        default: return [pointer]
        }
    }
}
