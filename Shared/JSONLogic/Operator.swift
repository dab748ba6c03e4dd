import DomainContracts

/// JsonLogic's operators. The raw values are those of the documents.
enum Operator: String, Sendable, CaseIterable {
    case read = "var"
    case missing
    case missingSome = "missing_some"
    case choose = "if"
    case chooseShort = "?:"
    case equal = "=="
    case same = "==="
    case unequal = "!="
    case different = "!=="
    case not = "!"
    case truth = "!!"
    case or, and
    case greater = ">"
    case atLeast = ">="
    case less = "<"
    case atMost = "<="
    case max, min
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case remainder = "%"
    case map, filter, reduce, all, none, some, merge
    case isIn = "in"
    case cat, substr, log

    /// Whether the second argument is evaluated for each element of the first, which then is all the data there are.
    var opensScope: Bool {
        switch self {
        case .map, .filter, .reduce, .all, .none, .some: true
        default: false
        }
    }

    /// The arguments that see the data of the operator itself.
    func inOuterScope(_ arguments: [Logic.Term]) -> [Logic.Term] {
        guard opensScope else { return arguments }
        return arguments.enumerated().filter { $0.offset != 1 }.map(\.element)
    }

    /// The paths that the operator itself reads, where they are written out.
    func pathsRead(_ arguments: [Logic.Term]) -> [String] {
        switch self {
        case .read: arguments.first.map { [$0] }?.compactMap(\.path) ?? []
        case .missing: arguments.flatMap(\.listed).compactMap(\.path)
        case .missingSome: arguments.dropFirst().flatMap(\.listed).compactMap(\.path)
        default: []
        }
    }
}

extension Logic.Term {
    /// A list; one value where nothing in it has to be evaluated.
    static func listing(_ terms: [Logic.Term]) -> Logic.Term {
        var values: [JSONValue] = []
        for term in terms {
            guard case .literal(let value) = term else { return .list(terms) }
            values.append(value)
        }
        return .literal(.array(values))
    }

    /// A path into the data, if one is written here.
    var path: String? {
        guard case .literal(let value) = self else { return nil }
        switch value {
        case .string(let text): return text
        case .int(let index): return String(index)
        case .null: return ""
        default: return nil
        }
    }

    /// The path that a term reads and nothing else.
    var pathRead: String? {
        guard case .apply(.read, let arguments) = self else { return nil }
        return arguments.first?.path
    }

    /// The terms of a list that is written out, or the term itself.
    var listed: [Logic.Term] {
        switch self {
        case .list(let terms): terms
        case .literal(.array(let values)): values.map { .literal($0) }
        default: [self]
        }
    }
}
