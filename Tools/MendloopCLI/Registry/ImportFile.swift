import DomainContracts
import Foundation
import Tables

/// A file of customers, devices, contracts or past services as the import reads it.
protocol ImportableRow: Sendable {
    static var columns: [Column<Self>] { get }
    init()
    /// What it is known by, as far as the file says: no two rows of a file may have one in common.
    var keys: [String] { get }
    /// What several may say who have each a key of his own: one who has none would be taken for them.
    var sharedKeys: [String] { get }
    /// Cells that must be filled in, or are filled in so that nothing can be made of them.
    var missing: [(column: String, expected: String)] { get }
    /// What is sent of a file.
    associatedtype Message: Command where Message.Reply == RegistryRowsImported
    static func message(_ rows: [(line: Int, row: Self)], dryRun: Bool) -> Message
}

extension ImportableRow {
    /// Who takes the rows says what they lack.
    var missing: [(column: String, expected: String)] { [] }
    var sharedKeys: [String] { [] }
}

extension RegisterCustomer: ImportableRow {
    static var columns: [Column<RegisterCustomer>] { Column<RegisterCustomer>.all }

    init() { self.init(customerId: nil) }

    var keys: [String] {
        let own = [customerId.map { "id \($0)" }, customerNumber.map { "number \($0)" }].compactMap { $0 }
        return own.isEmpty ? ways : own
    }

    var sharedKeys: [String] { customerId == nil && customerNumber != nil ? ways : [] }

    /// However a phone is spelled, it is the same one.
    private var ways: [String] {
        [phone.map { "phone \(PhoneNumber($0)?.e164 ?? $0)" }, email.map { "e-mail \($0.lowercased())" }]
            .compactMap { $0 }
    }

    static func message(_ rows: [(line: Int, row: RegisterCustomer)], dryRun: Bool) -> ImportRegistryRows {
        ImportRegistryRows(dryRun: dryRun, rows: rows.map { RegistryRow(line: $0.line, customer: $0.row) })
    }
}

extension RegisterDevice: ImportableRow {
    static var columns: [Column<RegisterDevice>] { Column<RegisterDevice>.all }

    init() { self.init(deviceId: nil) }

    var keys: [String] {
        let label: (String) -> String = { $0.uppercased().filter { !$0.isWhitespace } }
        let key =
            code.map { "code \(label($0))" }
            ?? serialNumber.map { "serial number \(label($0))" + (brand.map { " of \(label($0))" } ?? "") }
        return [key].compactMap { $0 }
    }

    static func message(_ rows: [(line: Int, row: RegisterDevice)], dryRun: Bool) -> ImportRegistryRows {
        ImportRegistryRows(dryRun: dryRun, rows: rows.map { RegistryRow(line: $0.line, device: $0.row) })
    }
}

/// A row of the file with what it says, or why it says nothing that could be sent.
struct ReadRow<Row: Sendable>: Sendable {
    let line: Int
    let fields: [String]
    let row: Row
    let faults: [RowFault]
}

/// What is wrong with one cell of a file, or with a row as a whole.
struct RowFault: Sendable, Equatable {
    let line: Int
    /// The heading in the file, or the column's own name when the file has no such column.
    let column: String
    let code: String
    let found: String
    let expected: String
}

/// Makes rows of a file's fields, and finds those that the file has twice.
struct RowReader<Row: ImportableRow> {
    let plan: ColumnPlan<Row>
    /// By key, the line that has it.
    private var lines: [String: Int] = [:]
    private var sharedLines: [String: Int] = [:]

    init(_ plan: ColumnPlan<Row>) { self.plan = plan }

    mutating func read(_ raw: CSVParser.Row) -> ReadRow<Row> {
        var row = Row()
        var faults: [RowFault] = []
        if raw.fields.count > plan.header.count {
            faults.append(
                RowFault(
                    line: raw.line, column: "", code: "too-many-fields", found: "\(raw.fields.count) fields",
                    expected: "\(plan.header.count) fields, as in the first line"))
        }
        for (position, column) in plan.columns.enumerated() where position < raw.fields.count {
            let cell = raw.fields[position].trimmingCharacters(in: .whitespacesAndNewlines)
            guard let column, !cell.isEmpty else { continue }
            if cell.unicodeScalars.contains("\u{fffd}") {
                faults.append(fault(raw, position, "undecodable", "text in the encoding of the file"))
            } else if let expected = column.read(cell, &row) {
                faults.append(fault(raw, position, "unreadable", expected))
            }
        }
        if faults.isEmpty { faults = row.missing.map { missing(raw, $0.column, $0.expected) } }
        if faults.isEmpty {
            if let (key, first) = earlier(row) {
                faults.append(
                    RowFault(
                        line: raw.line, column: "", code: "duplicate-in-file", found: key,
                        expected: "another one than on line \(first)"))
            } else {
                for key in row.keys { lines[key] = raw.line }
                for key in row.sharedKeys where sharedLines[key] == nil { sharedLines[key] = raw.line }
            }
        }
        return ReadRow(line: raw.line, fields: raw.fields, row: row, faults: faults)
    }

    /// A key of a row, and the line on which the same one was.
    private func earlier(_ row: Row) -> (key: String, line: Int)? {
        for key in row.keys {
            if let line = lines[key] ?? sharedLines[key] { return (key, line) }
        }
        for key in row.sharedKeys {
            if let line = lines[key] { return (key, line) }
        }
        return nil
    }

    /// What a verdict complains of, in the words of the file.
    func fault(_ raw: ReadRow<Row>, _ error: FieldProblem) -> RowFault {
        let position = plan.position(of: error.pointer)
        let column =
            position.map { plan.header[$0] }
            ?? Row.columns.first { $0.pointer == error.pointer }?.name ?? String(error.pointer.dropFirst())
        let found = position.flatMap { raw.fields.indices.contains($0) ? raw.fields[$0] : nil } ?? ""
        return RowFault(line: raw.line, column: column, code: error.code, found: found, expected: error.detail)
    }

    private func missing(_ raw: CSVParser.Row, _ column: String, _ expected: String) -> RowFault {
        let position = plan.columns.firstIndex { $0?.name == column }
        let found = position.flatMap { raw.fields.indices.contains($0) ? raw.fields[$0] : nil } ?? ""
        return RowFault(
            line: raw.line, column: position.map { plan.header[$0] } ?? column,
            code: found.isEmpty ? "required" : "unreadable", found: found, expected: expected)
    }

    private func fault(_ raw: CSVParser.Row, _ position: Int, _ code: String, _ expected: String) -> RowFault {
        RowFault(
            line: raw.line, column: plan.header[position], code: code, found: raw.fields[position], expected: expected)
    }
}
