import ArgumentParser
import DomainContracts
import Foundation
import Tables

/// One import: a file in, messages of many rows each to whom they concern, verdicts back. A few messages are on their way at any
/// time, so that reading, deciding and storing go on side by side; the next goes out when one is answered.
struct RegistryImport<Row: ImportableRow> {
    /// Rows of a message: few enough that what is under way at once is decided and stored in a moment, even where the
    /// processor has other work.
    static var rowsPerMessage: Int { 100 }
    /// Bytes of the fields in a message, roughly: with everything around them it stays well below 256 KiB.
    static var bytesPerMessage: Int { 90_000 }
    /// Messages that are not answered yet.
    static var inFlight: Int { 8 }

    let path: String
    let encoding: TextEncoding
    let map: [ColumnMapping]
    let dryRun: Bool
    let reportPath: String
    let rejectedPath: String
    /// Sends one message.
    let send: @Sendable (Row.Message) async throws -> RegistryRowsImported
    /// Told the share of the file that is done, 0 to 1, and the rows.
    let progress: @Sendable (Double, Int) -> Void
    let note: @Sendable (String) -> Void

    func run() async throws -> ImportSummary {
        var source = try RowSource<Row>(path: path, encoding: encoding, map: map)
        if !source.plan.ignored.isEmpty {
            note("columns that are left out: \(source.plan.ignored.joined(separator: ", "))")
        }
        var ledger = ImportLedger(
            reader: RowReader(source.plan), dryRun: dryRun,
            report: try ImportReport(
                header: source.plan.header, reportPath: reportPath, rejectedPath: rejectedPath))
        let (dryRun, send) = (dryRun, send)
        try await withThrowingTaskGroup(of: (Int, RegistryRowsImported).self) { group in
            var sent = 0
            var open = 0
            while let batch = try source.next() {
                if open == Self.inFlight, let (number, answer) = try await group.next() {
                    open -= 1
                    try ledger.settle(number, answer)
                }
                let rows = batch.filter(\.faults.isEmpty).map { (line: $0.line, row: $0.row) }
                let message = Row.message(rows, dryRun: dryRun)
                let isEmpty = rows.isEmpty
                let number = sent
                ledger.open(number, batch)
                sent += 1
                open += 1
                group.addTask {
                    return (number, isEmpty ? RegistryRowsImported(verdicts: []) : try await send(message))
                }
                progress(source.share, ledger.summary.rows)
            }
            while let (number, answer) = try await group.next() {
                try ledger.settle(number, answer)
                progress(source.share, ledger.summary.rows)
            }
        }
        try ledger.report.close()
        return ledger.summary
    }
}

/// The rows of a file in batches of a message's size.
struct RowSource<Row: ImportableRow>: ~Copyable {
    let plan: ColumnPlan<Row>
    private var file: TextFile
    private var parser = CSVParser()
    private var reader: RowReader<Row>
    private var waiting: [CSVParser.Row]
    private var position = 0
    private var isAtEnd = false

    init(path: String, encoding: TextEncoding, map: [ColumnMapping]) throws {
        var file = try TextFile(path: path, encoding: encoding)
        var parser = CSVParser()
        var first: [CSVParser.Row] = []
        while first.isEmpty, let piece = try file.next() { first = parser.feed(piece) }
        if first.isEmpty { first = try Self.last(&parser) }
        guard let header = first.first else { throw ValidationError("\(path) is empty") }
        plan = try ColumnPlan(
            header: header.fields.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }, known: Row.columns,
            map: map)
        reader = RowReader(plan)
        waiting = Array(first.dropFirst())
        self.file = file
        self.parser = parser
    }

    /// How much of the file was read.
    var share: Double { file.size == 0 ? 1 : Double(file.bytesRead) / Double(file.size) }

    /// Nil at the end.
    mutating func next() throws -> [ReadRow<Row>]? {
        var batch: [ReadRow<Row>] = []
        var bytes = 0
        while batch.count < RegistryImport<Row>.rowsPerMessage, bytes < RegistryImport<Row>.bytesPerMessage {
            if position == waiting.count {
                guard try refill() else { break }
                continue
            }
            let raw = waiting[position]
            position += 1
            bytes += raw.fields.reduce(0) { $0 + $1.utf8.count }
            batch.append(reader.read(raw))
        }
        return batch.isEmpty ? nil : batch
    }

    private mutating func refill() throws -> Bool {
        guard !isAtEnd else { return false }
        position = 0
        if let piece = try file.next() {
            waiting = parser.feed(piece)
        } else {
            isAtEnd = true
            waiting = try Self.last(&parser)
        }
        return true
    }

    private static func last(_ parser: inout CSVParser) throws -> [CSVParser.Row] {
        do {
            return try parser.finish()
        } catch {
            throw ValidationError("a quote is opened in the row on line \(error.line) and never closed")
        }
    }
}

/// What became of the rows so far, kept in the order of the file whatever comes back first.
struct ImportLedger<Row: ImportableRow> {
    let reader: RowReader<Row>
    let report: ImportReport
    private(set) var summary = ImportSummary()
    private var batches: [Int: [ReadRow<Row>]] = [:]
    private var answers: [Int: RegistryRowsImported] = [:]
    private var next = 0

    init(reader: RowReader<Row>, dryRun: Bool, report: ImportReport) {
        self.reader = reader
        self.report = report
        summary.dryRun = dryRun
    }

    mutating func open(_ number: Int, _ rows: [ReadRow<Row>]) { batches[number] = rows }

    mutating func settle(_ number: Int, _ answer: RegistryRowsImported) throws {
        answers[number] = answer
        while let answer = answers.removeValue(forKey: next), let rows = batches.removeValue(forKey: next) {
            next += 1
            let verdicts = Dictionary(answer.verdicts.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
            for row in rows { try count(row, verdicts[row.line]) }
        }
    }

    private mutating func count(_ row: ReadRow<Row>, _ verdict: RowVerdict?) throws {
        summary.rows += 1
        if !row.faults.isEmpty {
            if row.faults.contains(where: { $0.code == "duplicate-in-file" }) {
                summary.duplicate += 1
            } else {
                summary.invalid += 1
            }
            return try report.add(row.fields, row.faults)
        }
        switch verdict?.outcome {
        case .created: summary.created += 1
        case .updated: summary.updated += 1
        case .unchanged: summary.unchanged += 1
        default:
            if verdict?.outcome == .duplicate {
                summary.duplicate += 1
            } else if verdict?.outcome == .conflict {
                summary.conflict += 1
            } else {
                summary.invalid += 1
            }
            try report.add(row.fields, (verdict?.errors ?? []).map { reader.fault(row, $0) })
        }
    }
}
