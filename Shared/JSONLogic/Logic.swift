import DomainContracts

/// A JsonLogic expression (jsonlogic.com), read once and evaluated as often as wanted.
///
/// Operators and coercions are those of the JavaScript reference implementation: `"1" == 1`, an empty list is false,
/// lists and objects are never equal to one another. `log` is the identity.
public struct Logic: Sendable, Hashable {
    let term: Term

    /// Everything in an expression is one of these.
    indirect enum Term: Sendable, Hashable {
        case literal(JSONValue)
        case list([Term])
        case apply(Operator, [Term])
    }

    /// - Parameters:
    ///   - pointer: where the expression stands in its document, for the problems.
    ///   - vocabulary: what there is to ask about. When given, every path must be written out, so that `reads` is complete.
    /// - Throws: `LogicProblems`, all of them.
    public init(
        _ json: JSONValue, at pointer: String = "", vocabulary: (any LogicVocabulary)? = nil
    ) throws(LogicProblems) {
        var reader = LogicReader(vocabulary: vocabulary)
        let term = reader.term(json, at: pointer)
        guard reader.problems.isEmpty else { throw LogicProblems(list: reader.problems) }
        self.term = term
    }

    /// What the expression comes to for these data.
    public func value(_ data: JSONValue) -> JSONValue { term.value(data) }

    /// The same as a condition.
    public func holds(_ data: JSONValue) -> Bool { term.value(data).isTruthy }

    /// The same as a number; nil when it is none.
    public func number(_ data: JSONValue) -> Double? {
        let number = term.value(data).number
        return number.isFinite ? number : nil
    }

    /// Paths into the data that the expression reads, as they are written.
    public var reads: Set<String> {
        var paths: Set<String> = []
        term.collectReads(into: &paths)
        return paths
    }
}

extension Logic.Term {
    fileprivate func collectReads(into paths: inout Set<String>) {
        switch self {
        case .literal: break
        case .list(let terms): for term in terms { term.collectReads(into: &paths) }
        case .apply(let name, let arguments):
            paths.formUnion(name.pathsRead(arguments))
            for term in name.inOuterScope(arguments) { term.collectReads(into: &paths) }
        }
    }
}

/// The data that expressions may ask about.
public protocol LogicVocabulary {
    /// Whether there is a path such as `workOrder.priority`.
    func knows(_ path: String) -> Bool
    /// The values that a path may have; nil where it may have any.
    func values(of path: String) -> [String]?
}

/// What is wrong with an expression, and where.
public struct LogicProblems: Error, Equatable {
    public let list: [FieldProblem]
}
