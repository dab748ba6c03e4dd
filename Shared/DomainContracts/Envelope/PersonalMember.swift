import FoundationEssentials

/// A member of a message's data that may say something about a person, and what is left of it once he is forgotten.
public struct PersonalMember: Sendable, Hashable {
    /// Names from the data downward: `message`, `text`.
    public let path: [String]
    /// What takes its place; nil: nothing.
    let rest: JSONValue?

    private init(_ path: [String], rest: JSONValue?) {
        self.path = path
        self.rest = rest
    }

    /// One that need not be there.
    public static func removed(_ path: String...) -> PersonalMember { PersonalMember(path, rest: nil) }
    /// A text that has to be there.
    public static func emptied(_ path: String...) -> PersonalMember { PersonalMember(path, rest: .string("")) }
    /// A list that has to be there.
    public static func cleared(_ path: String...) -> PersonalMember { PersonalMember(path, rest: .array([])) }
}

extension JSONValue {
    /// The same without what these members say; those that are not there stay so.
    public func forgetting(_ members: [PersonalMember]) -> JSONValue {
        members.reduce(self) { $0.replacing($1.path[...], by: $1.rest) }
    }

    private func replacing(_ path: ArraySlice<String>, by rest: JSONValue?) -> JSONValue {
        guard let name = path.first, case .object(var members) = self, let member = members[name] else { return self }
        members[name] = path.count == 1 ? rest : member.replacing(path.dropFirst(), by: rest)
        return .object(members)
    }
}

extension Event {
    /// The event as it is told of somebody who is forgotten.
    ///
    /// - Throws: when what is left of it is no event, which a test rules out.
    public func withoutPersonalData() throws -> Self {
        if Self.personalMembers.isEmpty { return self }
        let data = try WireJSON.decoder().decode(JSONValue.self, from: try WireJSON.encoder().encode(self))
        return try WireJSON.decoder().decode(
            Self.self, from: try WireJSON.encoder().encode(data.forgetting(Self.personalMembers)))
    }
}
