import Foundation
import Tables

/// What an import says of itself in the end.
struct ImportSummary: Codable, Sendable, Equatable {
    var rows = 0
    var created = 0
    var updated = 0
    var unchanged = 0
    var duplicate = 0
    var conflict = 0
    var invalid = 0
    var dryRun = false

    var notTaken: Int { duplicate + conflict + invalid }

    var text: String {
        let verb = dryRun ? "would be " : ""
        return "\(rows) rows: \(created) \(verb)created, \(updated) \(verb)updated, \(unchanged) unchanged; "
            + "\(notTaken) not taken (\(duplicate) duplicate, \(conflict) conflict, \(invalid) invalid)"
    }
}

/// Writes what could not be taken: a report by line and column, and the rows themselves as they were, to be mended and
/// fed again. Both files are begun with the first such row.
final class ImportReport {
    let reportPath: String
    let rejectedPath: String
    private let header: [String]
    private var report: FileHandle?
    private var rejected: FileHandle?

    /// - Throws: when files of an earlier import cannot be taken away.
    init(header: [String], reportPath: String, rejectedPath: String) throws {
        self.header = header
        self.reportPath = reportPath
        self.rejectedPath = rejectedPath
        for path in [reportPath, rejectedPath] where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
    }

    func add(_ fields: [String], _ faults: [RowFault]) throws {
        if report == nil {
            report = try begin(reportPath, ["line", "column", "code", "found", "expected"])
            rejected = try begin(rejectedPath, header)
        }
        for fault in faults {
            try write(report, ["\(fault.line)", fault.column, fault.code, fault.found, fault.expected])
        }
        try write(rejected, fields)
    }

    func close() throws {
        try report?.close()
        try rejected?.close()
    }

    private func begin(_ path: String, _ header: [String]) throws -> FileHandle {
        try Data((CSVWriter.byteOrderMark + CSVWriter.line(header)).utf8).write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seekToEnd()
        return file
    }

    private func write(_ file: FileHandle?, _ fields: [String]) throws {
        try file?.write(contentsOf: Data(CSVWriter.line(fields).utf8))
    }
}
