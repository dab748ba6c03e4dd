import ArgumentParser
import Foundation

/// Which column of a file means what: by its heading, or as `--map` says.
struct ColumnPlan<Row: Sendable>: Sendable {
    /// By position in the file; nil for columns that are not read.
    let columns: [Column<Row>?]
    let header: [String]

    /// Headings that mean nothing to us, and are left out.
    var ignored: [String] { zip(header, columns).filter { $1 == nil && !$0.isEmpty }.map(\.0) }

    init(header: [String], known: [Column<Row>], map: [ColumnMapping]) throws {
        self.header = header
        let headings = header.map(Self.normalised)
        var chosen: [Column<Row>?] = headings.map { heading in
            known.first { column in ([column.name] + column.aliases).contains { Self.normalised($0) == heading } }
        }
        for mapping in map {
            guard let position = headings.firstIndex(of: Self.normalised(mapping.heading)) else {
                throw ValidationError("--map: the file has no column \(mapping.heading)")
            }
            guard let column = known.first(where: { $0.name == mapping.column || $0.aliases.contains(mapping.column) })
            else {
                throw ValidationError(
                    "--map: \(mapping.column) is none of \(known.map(\.name).joined(separator: ", "))")
            }
            chosen[position] = column
        }
        for (position, column) in chosen.enumerated() {
            guard let column, let other = chosen[..<position].firstIndex(where: { $0?.name == column.name }) else {
                continue
            }
            throw ValidationError("the columns \(header[other]) and \(header[position]) both mean \(column.name)")
        }
        guard chosen.contains(where: { $0 != nil }) else {
            throw ValidationError(
                "no column of the file is known: its first line must name them, such as "
                    + known.map(\.name).joined(separator: ", ") + "; --map HEADING=COLUMN names others")
        }
        columns = chosen
    }

    /// The position of the column that a verdict's pointer means.
    func position(of pointer: String) -> Int? { columns.firstIndex { $0?.pointer == pointer } }

    private static func normalised(_ heading: String) -> String {
        heading.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "\u{feff}" }
    }
}

/// `HEADING=COLUMN` of `--map`.
struct ColumnMapping: ExpressibleByArgument, Sendable {
    let heading: String
    let column: String

    init?(argument: String) {
        guard let mark = argument.lastIndex(of: "=") else { return nil }
        heading = String(argument[..<mark])
        column = String(argument[argument.index(after: mark)...])
        if heading.isEmpty || column.isEmpty { return nil }
    }
}
