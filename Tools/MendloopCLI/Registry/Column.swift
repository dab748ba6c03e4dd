import DomainContracts
import Foundation

/// A column of a file of `Row`s: what it is called, and how a cell becomes a member and a member a cell.
struct Column<Row: Sendable>: Sendable {
    /// As it is called in files that we write: `customerNumber`, `site.address`.
    let name: String
    /// The member in the row, as verdicts name it: `/site/address`.
    let pointer: String
    /// What else people call it.
    let aliases: [String]
    /// Puts a cell that is not blank into the row; says what was expected when that cannot be.
    let read: @Sendable (String, inout Row) -> String?
    let write: @Sendable (Row) -> String?

    init(
        _ name: String, _ aliases: [String], read: @escaping @Sendable (String, inout Row) -> String?,
        write: @escaping @Sendable (Row) -> String?
    ) {
        self.name = name
        pointer = "/" + name.replacing(".", with: "/")
        self.aliases = aliases
        self.read = read
        self.write = write
    }
}

extension Column {
    static func text(_ name: String, _ path: WritableKeyPath<Row, String?> & Sendable, _ aliases: String...) -> Column {
        Column(
            name, aliases,
            read: { cell, row in
                row[keyPath: path] = cell
                return nil
            }, write: { $0[keyPath: path] })
    }

    /// A calendar day, in any of the spellings that spreadsheets and people use.
    static func day(_ name: String, _ path: WritableKeyPath<Row, String?> & Sendable, _ aliases: String...) -> Column {
        Column(
            name, aliases,
            read: { cell, row in
                row[keyPath: path] = DaySpelling.iso(cell)
                return nil
            }, write: { $0[keyPath: path] })
    }

    static func id(_ name: String, _ path: WritableKeyPath<Row, UUID?> & Sendable) -> Column {
        Column(
            name, [],
            read: { cell, row in
                row[keyPath: path] = UUID(uuidString: cell)
                return row[keyPath: path] == nil ? "an id such as 019aa3f2-5c00-7000-8000-000000000100" : nil
            }, write: { $0[keyPath: path]?.text })
    }

    /// One of a few words, in English as on the wire or as people say them.
    static func choice<E: OpenEnum>(
        _ name: String, _ path: WritableKeyPath<Row, E?> & Sendable, words: [String: E], _ aliases: String...
    ) -> Column {
        Column(
            name, aliases,
            read: { cell, row in
                row[keyPath: path] = words[cell] ?? E(rawValue: cell)
                return nil
            }, write: { $0[keyPath: path]?.rawValue })
    }
}

/// The spellings of a day that are understood: 2024-6-8, 2024/06/08, 2024.6.8, 2024年6月8日, 20240608, a time behind them.
enum DaySpelling {
    /// `YYYY-MM-DD`; the text itself when it is no such spelling. Whether the day exists says whoever takes it.
    static func iso(_ text: String) -> String {
        if let match = text.wholeMatch(of: /(\d{4})(\d{2})(\d{2})/) { return "\(match.1)-\(match.2)-\(match.3)" }
        guard
            let match = text.wholeMatch(
                of: /(\d{4})\s*[-\/.年]\s*(\d{1,2})\s*[-\/.月]\s*(\d{1,2})\s*日?(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?)?/)
        else { return text }
        return "\(match.1)-\(padded(match.2))-\(padded(match.3))"
    }

    private static func padded(_ digits: Substring) -> String { digits.count == 1 ? "0" + digits : String(digits) }
}
