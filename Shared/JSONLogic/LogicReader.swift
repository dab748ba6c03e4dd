import DomainContracts

/// Turns a document into terms, collecting what is wrong with it.
struct LogicReader {
    let vocabulary: (any LogicVocabulary)?
    private(set) var problems: [FieldProblem] = []
    private var scopes = 0

    init(vocabulary: (any LogicVocabulary)?) { self.vocabulary = vocabulary }

    mutating func term(_ json: JSONValue, at pointer: String, depth: Int = 0) -> Logic.Term {
        guard depth <= 64 else {
            problems.append(FieldProblem(pointer, "depth", "expected at most 64 levels"))
            return .literal(.null)
        }
        switch json {
        case .array(let values):
            return .listing(values.enumerated().map { term($1, at: "\(pointer)/\($0)", depth: depth + 1) })
        case .object(let members) where members.count == 1:
            return members.first.map { application($0.key, $0.value, at: pointer, depth) } ?? .literal(json)
        default: return .literal(json)
        }
    }

    private mutating func application(
        _ name: String, _ argument: JSONValue, at pointer: String, _ depth: Int
    ) -> Logic.Term {
        let inner = "\(pointer)/\(Self.escaped(name))"
        guard let applied = Operator(rawValue: name) else {
            let known = Operator.allCases.map(\.rawValue).joined(separator: " ")
            problems.append(FieldProblem(inner, "operator", "expected one of \(known)"))
            return .literal(.null)
        }
        var arguments: [Logic.Term] = []
        if case .array(let values) = argument {
            for (index, value) in values.enumerated() {
                let isScoped = applied.opensScope && index == 1
                if isScoped { scopes += 1 }
                arguments.append(term(value, at: "\(inner)/\(index)", depth: depth + 1))
                if isScoped { scopes -= 1 }
            }
        } else {
            // One argument needs no list around it.
            arguments = [term(argument, at: inner, depth: depth + 1)]
        }
        if let vocabulary, scopes == 0 {
            checkPaths(applied, arguments, vocabulary, at: inner)
            checkValues(applied, arguments, vocabulary, at: inner)
        }
        return .apply(applied, arguments)
    }

    private mutating func checkPaths(
        _ applied: Operator, _ arguments: [Logic.Term], _ vocabulary: any LogicVocabulary, at pointer: String
    ) {
        switch applied {
        case .read:
            if arguments.first.map({ $0.path == nil }) ?? false {
                problems.append(FieldProblem(pointer, "path", "expected a path that is written out"))
            }
        case .missing, .missingSome:
            let named = arguments.dropFirst(applied == .missing ? 0 : 1).flatMap(\.listed)
            if named.contains(where: { $0.path == nil }) {
                problems.append(FieldProblem(pointer, "path", "expected paths that are written out"))
            }
        default: return
        }
        for path in applied.pathsRead(arguments) where !vocabulary.knows(path) {
            problems.append(FieldProblem(pointer, "path", "there is no \(path.isEmpty ? "path of no name" : path)"))
        }
    }

    /// A comparison with a value that a path never has would never hold, and nobody would notice.
    private mutating func checkValues(
        _ applied: Operator, _ arguments: [Logic.Term], _ vocabulary: any LogicVocabulary, at pointer: String
    ) {
        guard [.equal, .same, .unequal, .different, .isIn].contains(applied), arguments.count == 2 else { return }
        for (asked, other) in [(0, 1), (1, 0)] {
            guard let path = arguments[asked].pathRead, let known = vocabulary.values(of: path) else { continue }
            for case .literal(.string(let value)) in arguments[other].listed where !known.contains(value) {
                problems.append(
                    FieldProblem(
                        "\(pointer)/\(other)", "value", "\(path) is one of \(known.joined(separator: ", "))"))
            }
        }
    }

    private static func escaped(_ name: String) -> String {
        name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }
}
