import DomainContracts

extension IncomingMessage {
    private static let escaped = Array(#"\u0000"#.utf8)

    /// Refuses data with a null character in a text: no database keeps one, or looks for one.
    ///
    /// - Throws: `Refusal` that points to the text; whatever decoding throws.
    func refuseNullCharacter() throws {
        guard body.firstRange(of: Self.escaped) != nil else { return }
        if let pointer = try decodeData(JSONValue.self).data.pointerToNullCharacter(at: "/data") {
            throw Refusal.invalid(pointer, "control-character", "holds a null character")
        }
    }
}

extension JSONValue {
    /// The first text, or object of which a member's name, holds a null character.
    fileprivate func pointerToNullCharacter(at pointer: String) -> String? {
        switch self {
        case .string(let text): return text.utf8.contains(0) ? pointer : nil
        case .array(let values):
            return values.indices.lazy.compactMap { values[$0].pointerToNullCharacter(at: "\(pointer)/\($0)") }.first
        case .object(let members):
            if members.keys.contains(where: { $0.utf8.contains(0) }) { return pointer }
            let names = members.keys.sorted()
            return names.lazy.compactMap { members[$0]?.pointerToNullCharacter(at: "\(pointer)/\($0)") }.first
        case .null, .bool, .int, .number: return nil
        }
    }
}
