import DomainContracts
import Foundation

/// Checks of command members; each answers what is wrong, with its pointer.
enum Checks {
    static func position(_ position: Coordinates?) -> [FieldProblem] {
        guard let position else { return [] }
        var problems: [FieldProblem] = []
        if !(-90.0...90).contains(position.latitude) {
            problems.append(FieldProblem("/data/position/latitude", "range", "must be −90…90 degrees"))
        }
        if !(-180.0...180).contains(position.longitude) {
            problems.append(FieldProblem("/data/position/longitude", "range", "must be −180…180 degrees"))
        }
        if !position.crs.isKnown {
            problems.append(FieldProblem("/data/position/crs", "unknown", "must be wgs84 or gcj02"))
        }
        return problems
    }

    static func present(_ text: String?, _ pointer: String) -> [FieldProblem] {
        if let text, !text.allSatisfy(\.isWhitespace) { return [] }
        return [FieldProblem(pointer, "required", "must not be empty")]
    }

    /// A part's code, by inventory's rule: with a space more it would be another part, which nobody ever bought.
    static func partCode(_ code: String, _ pointer: String) -> [FieldProblem] {
        let missing = present(code, pointer)
        guard missing.isEmpty, !PartCode.isValid(code) else { return missing }
        return [FieldProblem(pointer, "invalid", "must be \(PartCode.expected)")]
    }

    /// Pieces of one part: 1…10,000.
    static func quantity(_ quantity: Int, _ pointer: String) -> [FieldProblem] {
        (1...10_000).contains(quantity) ? [] : [FieldProblem(pointer, "range", "must be 1…10000 pieces")]
    }

    /// Minutes of one visit: 0…1440.
    static func minutes(_ minutes: Int, _ pointer: String) -> [FieldProblem] {
        (0...1440).contains(minutes) ? [] : [FieldProblem(pointer, "range", "must be 0…1440 minutes")]
    }
}
