/// Columns of text, the first to the left and the others to the right.
public struct FigureTable: Sendable {
    private var rows: [[String]]

    public init(_ heading: String...) { rows = [heading] }

    public mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines, without trailing blanks.
    public var text: String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let gap = String(repeating: " ", count: widths[column] - cell.count)
                line += column == 0 ? cell + gap : "  " + gap + cell
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}

extension FigureTable {
    /// Figures with their peers, ratios and goals.
    public init(_ figures: [Figure], peers: [String]) {
        self.init()
        rows = [["figure", Figure.ours] + peers + peers.map { "÷ \($0)" } + ["goal", ""]]
        for figure in figures {
            var row = [figure.name, Self.value(figure.median(Figure.ours), figure.unit)]
            row += peers.map { Self.value(figure.median($0), figure.unit) }
            row += peers.map { peer in figure.ratio(to: peer).map { Self.number($0) } ?? "–" }
            row.append(figure.goals.map { Self.words($0, figure.unit) }.joined(separator: ", "))
            row.append(figure.goals.map { figure.reaches($0).map { $0 ? "✓" : "✗" } ?? "?" }.joined())
            rows.append(row)
        }
    }

    static func words(_ goal: Figure.Goal, _ unit: String) -> String {
        let sign = goal.isUpperBound ? "≤" : "≥"
        guard let peer = goal.peer else { return "\(sign) \(value(goal.value, unit))" }
        return "\(sign) \(number(goal.value)) × \(peer)"
    }

    static func value(_ value: Double?, _ unit: String) -> String {
        guard let value else { return "–" }
        return number(value) + (unit.hasPrefix("/") ? unit : " \(unit)")
    }

    /// Three digits or so.
    public static func number(_ value: Double) -> String {
        if value >= 100 { return "\(Int(value.rounded()))" }
        let places = value >= 10 ? 10.0 : 100.0
        let text = "\((value * places).rounded() / places)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
