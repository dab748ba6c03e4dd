import DomainContracts

extension Logic.Term {
    /// Evaluates the term; data are whatever the scope sees.
    func value(_ data: JSONValue) -> JSONValue {
        switch self {
        case .literal(let value): value
        case .list(let terms): .array(terms.map { $0.value(data) })
        case .apply(let name, let arguments):
            if let value = Self.lazily(name, arguments, data) {
                value
            } else {
                Self.eagerly(name, arguments.map { $0.value(data) }, data)
            }
        }
    }

    /// Operators that do not evaluate all of their arguments, or some of them for each element of a list.
    private static func lazily(_ name: Operator, _ arguments: [Logic.Term], _ data: JSONValue) -> JSONValue? {
        switch name {
        case .choose, .chooseShort: return chosen(arguments, data)
        case .and: return first(arguments, data) { !$0.isTruthy }
        case .or: return first(arguments, data) { $0.isTruthy }
        case .map, .filter, .reduce, .all, .none, .some: return overList(name, arguments, data)
        default: return nil
        }
    }

    /// Pairs of condition and consequence, and what else holds.
    private static func chosen(_ arguments: [Logic.Term], _ data: JSONValue) -> JSONValue {
        var index = 0
        while index + 1 < arguments.count {
            if arguments[index].value(data).isTruthy { return arguments[index + 1].value(data) }
            index += 2
        }
        return index < arguments.count ? arguments[index].value(data) : .null
    }

    /// The first value that decides, or the last.
    private static func first(
        _ arguments: [Logic.Term], _ data: JSONValue, decides: (JSONValue) -> Bool
    ) -> JSONValue {
        var value = JSONValue.null
        for argument in arguments {
            value = argument.value(data)
            if decides(value) { return value }
        }
        return value
    }

    private static func overList(_ name: Operator, _ arguments: [Logic.Term], _ data: JSONValue) -> JSONValue {
        let found = arguments.first?.value(data)
        var elements: [JSONValue] = []
        if case .array(let values) = found { elements = values }
        let body = arguments.dropFirst().first ?? .literal(.null)
        switch name {
        case .map: return .array(elements.map { body.value($0) })
        case .filter: return .array(elements.filter { body.value($0).isTruthy })
        case .all: return .bool(!elements.isEmpty && elements.allSatisfy { body.value($0).isTruthy })
        case .none: return .bool(!elements.contains { body.value($0).isTruthy })
        case .some: return .bool(elements.contains { body.value($0).isTruthy })
        default:
            let initial = arguments.count > 2 ? arguments[2].value(data) : .null
            return elements.reduce(initial) { sum, element in
                body.value(.object(["current": element, "accumulator": sum]))
            }
        }
    }

    private static func eagerly(_ name: Operator, _ values: [JSONValue], _ data: JSONValue) -> JSONValue {
        switch name {
        case .read, .missing, .missingSome: read(name, values, data)
        case .equal, .same, .unequal, .different, .not, .truth, .greater, .atLeast, .less, .atMost:
            .bool(compare(name, values))
        case .plus, .minus, .times, .divided, .remainder, .max, .min: compute(name, values)
        default: combine(name, values)
        }
    }

    private static func read(_ name: Operator, _ values: [JSONValue], _ data: JSONValue) -> JSONValue {
        func isMissing(_ path: JSONValue) -> Bool {
            let found = data.at(path) ?? .null
            return found == .null || found == .string("")
        }
        switch name {
        case .read: return data.at(values.first ?? .null) ?? (values.count > 1 ? values[1] : .null)
        case .missing:
            if case .array(let named) = values.first { return .array(named.filter(isMissing)) }
            return .array(values.filter(isMissing))
        default:
            guard values.count > 1, case .array(let named) = values[1] else { return .array([]) }
            let absent = named.filter(isMissing)
            return .array(Double(named.count - absent.count) >= values[0].number ? [] : absent)
        }
    }

    private static func compare(_ name: Operator, _ values: [JSONValue]) -> Bool {
        if name == .not || name == .truth { return (values.first?.isTruthy ?? false) == (name == .truth) }
        // What is left out is equal to nothing but null, and in no order.
        guard values.count >= 2 else {
            let isNothing = values.first.map { $0 == .null } ?? true
            return name == .equal ? isNothing : name == .unequal ? !isNothing : name == .different
        }
        let (a, b) = (values[0], values[1])
        let isPair = values.count == 2
        switch name {
        case .equal: return JSONValue.isEqual(a, b)
        case .unequal: return !JSONValue.isEqual(a, b)
        case .same: return JSONValue.isSame(a, b)
        case .different: return !JSONValue.isSame(a, b)
        case .greater: return JSONValue.isOrdered(b, a, orEqual: false)
        case .atLeast: return JSONValue.isOrdered(b, a, orEqual: true)
        case .less:
            return JSONValue.isOrdered(a, b, orEqual: false)
                && (isPair || JSONValue.isOrdered(b, values[2], orEqual: false))
        default:
            return JSONValue.isOrdered(a, b, orEqual: true)
                && (isPair || JSONValue.isOrdered(b, values[2], orEqual: true))
        }
    }

    private static func compute(_ name: Operator, _ values: [JSONValue]) -> JSONValue {
        func operand(_ index: Int) -> Double { index < values.count ? values[index].number : .nan }
        switch name {
        case .plus: return .of(values.reduce(0) { $0 + $1.parsed })
        case .times:
            guard values.count > 1 else { return values.first ?? .null }
            return .of(values.reduce(1) { $0 * $1.parsed })
        case .minus: return .of(values.count == 1 ? -operand(0) : operand(0) - operand(1))
        case .divided: return .of(operand(0) / operand(1))
        case .remainder: return .of(operand(0).truncatingRemainder(dividingBy: operand(1)))
        case .max: return .of(extreme(values, -.infinity) { $0 < $1 })
        default: return .of(extreme(values, .infinity) { $0 > $1 })
        }
    }

    /// The last of the values in an order; not a number when one of them is none.
    private static func extreme(
        _ values: [JSONValue], _ first: Double, isBehind: (Double, Double) -> Bool
    ) -> Double {
        values.map(\.number).reduce(first) { found, value in
            found.isNaN || value.isNaN ? .nan : isBehind(found, value) ? value : found
        }
    }

    private static func combine(_ name: Operator, _ values: [JSONValue]) -> JSONValue {
        switch name {
        case .merge:
            return .array(
                values.flatMap { value in
                    if case .array(let elements) = value { return elements }
                    return [value]
                })
        case .cat: return .string(JSONValue.joined(values, by: ""))
        case .isIn: return .bool(isIn(values))
        case .substr: return .string(part(values))
        default: return values.first ?? .null
        }
    }

    private static func isIn(_ values: [JSONValue]) -> Bool {
        guard values.count > 1 else { return false }
        switch values[1] {
        case .string(let text):
            let sought = values[0].text
            return sought.isEmpty || text.contains(sought)
        case .array(let elements): return elements.contains { JSONValue.isSame($0, values[0]) }
        default: return false
        }
    }

    /// From a position, counted from the end below 0; so many characters, or all but so many below 0.
    private static func part(_ values: [JSONValue]) -> String {
        let text = Array(values.first?.text ?? "")
        func whole(_ index: Int) -> Int? {
            guard index < values.count else { return nil }
            let number = values[index].number
            return number.isNaN ? 0 : Int(Swift.max(-1e9, Swift.min(1e9, number)))
        }
        let start = whole(1) ?? 0
        let rest = text.dropFirst(start < 0 ? Swift.max(0, text.count + start) : start)
        guard let length = whole(2) else { return String(rest) }
        return String(length < 0 ? rest.dropLast(-length) : rest.prefix(length))
    }
}

extension JSONValue {
    func at(_ path: JSONValue) -> JSONValue? { at(path == .null ? "" : path.text) }

    /// What stands at a path of members and indexes with dots between them; nil when nothing does.
    public func at(_ path: String) -> JSONValue? {
        if path.isEmpty { return self }
        var found = self
        for step in path.split(separator: ".", omittingEmptySubsequences: false) {
            switch found {
            case .object(let members):
                guard let member = members[String(step)] else { return nil }
                found = member
            case .array(let elements):
                guard let index = Int(step), elements.indices.contains(index) else { return nil }
                found = elements[index]
            default: return nil
            }
        }
        return found
    }
}
