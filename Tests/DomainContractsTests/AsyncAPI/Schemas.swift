/// JSON Schemas of the contracts' types.
struct Schemas {
    let source: ContractSource
    /// Whether what may be absent may be null as well, which is the same: said where schemas tell right from wrong.
    var allowsNull = false

    static func pointer(_ type: String) -> String { "#/components/schemas/\(type)" }

    /// Every type that one of `roots` is made of, themselves included, by name.
    func closure(of roots: [String]) -> [String] {
        var found: Set<String> = []
        var open = roots
        while let type = open.popLast() {
            guard found.insert(type).inserted else { continue }
            open += (source.structures[type]?.members ?? []).flatMap { names(in: $0.type) }
        }
        return found.sorted()
    }

    /// - Parameter given: members that need not be said.
    func schema(of type: String, without given: Set<String> = []) -> YAML {
        if let enumeration = source.enumerations[type] {
            // Not `enum`: a newer sender may say more, and a reader keeps what he does not know.
            return .map(
                [("type", .text("string"))] + described(enumeration.doc)
                    + [("x-known-values", .texts(enumeration.values))])
        }
        let structure = source.structures[type]
        let members = structure?.members ?? []
        let required = members.filter(isRequired).map(\.name).filter { !given.contains($0) }
        return .map(
            [("type", .text("object"))] + described(structure?.doc)
                + (required.isEmpty ? [] : [("required", .texts(required))])
                + [("properties", .map(members.map { ($0.name, property($0)) }))])
    }

    /// A list or dictionary may be absent; it is empty then.
    func isRequired(_ member: ContractSource.Member) -> Bool { !member.isOptional && !member.type.hasPrefix("[") }

    private func property(_ member: ContractSource.Member) -> YAML {
        let schema = allowsNull && !isRequired(member) ? orNull(reference(member.type)) : reference(member.type)
        guard member.doc != nil else { return .map(schema) }
        // Beside a $ref nothing else counts.
        if schema[0].key == "$ref" { return .map([("allOf", .list([.map(schema)]))] + described(member.doc)) }
        return .map(schema + described(member.doc))
    }

    private func orNull(_ schema: [YAML.Member]) -> [YAML.Member] {
        if schema[0].key == "x-any-json" { return schema }
        return [("anyOf", .list([.map(schema), .map([("type", .text("null"))])]))]
    }

    func reference(_ type: String) -> [YAML.Member] {
        switch type {
        case "String": return [("type", .text("string"))]
        case "UUID": return [("type", .text("string")), ("format", .text("uuid"))]
        case "Date": return [("type", .text("string")), ("format", .text("date-time"))]
        case "Int": return [("type", .text("integer")), ("format", .text("int64"))]
        case "Double": return [("type", .text("number"))]
        case "Bool": return [("type", .text("boolean"))]
        case "JSONValue": return [("x-any-json", .flag(true))]
        default:
            guard type.hasPrefix("["), type.hasSuffix("]") else { return [("$ref", .text(Self.pointer(type)))] }
            let inner = String(type.dropFirst().dropLast())
            if inner.hasPrefix("String: ") {
                return [
                    ("type", .text("object")), ("additionalProperties", .map(reference(String(inner.dropFirst(8))))),
                ]
            }
            return [("type", .text("array")), ("items", .map(reference(inner)))]
        }
    }

    func names(in type: String) -> [String] {
        type.matches(of: /\w+/).map { String($0.output) }.filter {
            source.structures[$0] != nil || source.enumerations[$0] != nil
        }
    }

    private func described(_ doc: String?) -> [YAML.Member] {
        doc.map { [("description", .text($0))] } ?? []
    }
}
