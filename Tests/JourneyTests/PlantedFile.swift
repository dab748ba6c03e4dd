import Foundation
import Tables

/// A file to import, with faults planted in it.
struct PlantedFile {
    /// A fault, as the report must name it.
    struct Fault: Hashable {
        let line: Int
        let column: String
        let code: String
    }

    let path: String
    let rows: Int
    let planted: Set<Fault>

    init(bytes: [UInt8], rows: Int = 2, planted: Set<Fault>) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString).csv").path
        self.rows = rows
        self.planted = planted
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// What the report says.
    func reported() throws -> Set<Fault> {
        let text = try String(contentsOfFile: path + "-report.csv", encoding: .utf8)
        return Set(
            try CSVParser.rows(text).dropFirst().map { row in
                Fault(line: Int(row.fields[0]) ?? 0, column: row.fields[1], code: row.fields[2])
            })
    }

    func remove() {
        for end in ["", "-report.csv", "-rejected.csv"] { try? FileManager.default.removeItem(atPath: path + end) }
    }

    static func customers(_ count: Int) throws -> PlantedFile {
        var file = Drafts(["customerNumber", "name", "kind", "phone", "email", "address", "regionCode"])
        for number in 0..<count {
            var row = [
                "C-\(number)", "客户 \(number)", "公司", "138\(10_000_000 + number)", "c\(number)@example.com",
                "北京市朝阳区建国路 \(number) 号", "110105",
            ]
            switch number % 200 {
            case 11: file.plant(&row, 3, "12345", "phone", "not-a-phone")
            case 37: file.plant(&row, 4, "nobody", "email", "not-an-email")
            case 53: file.plant(&row, 1, "", "name", "required")
            case 71: file.plant(&row, 2, "cat", "kind", "unknown-value")
            case 97: file.plant(&row, 3, "138\(10_000_000 + number - 1)", "phone", "duplicate")
            case 131: file.plant(&row, 0, "C-\(number - 1)", "", "duplicate-in-file")
            // Who has no number is known by his phone, however it is spelled.
            case 147: row[0] = ""
            case 151:
                row[0] = ""
                file.plant(&row, 3, "+86 138-\(10_000_000 + number - 4)", "", "duplicate-in-file")
            case 173: file.plant(&row, 6, "朝阳", "regionCode", "not-a-region")
            default: break
            }
            file.add(row)
        }
        return try file.written()
    }

    static func devices(_ count: Int, customers: Int) throws -> PlantedFile {
        var file = Drafts(["serialNumber", "code", "brand", "model", "customerNumber", "standing", "purchasedOn"])
        for number in 0..<count {
            // Of customers whose own row was good: the ninth of each ten has no fault planted.
            let customer = number % (customers / 10) * 10 + 9
            var row = [
                "AC-\(1_000_000 + number)", "QR-\(number)", "Acme", "KFR-35GW", "C-\(customer)", "在用", "2024/6/18",
            ]
            switch number % 500 {
            case 13: file.plant(&row, 6, "2024/2/30", "purchasedOn", "not-a-date")
            case 57: file.plant(&row, 4, "C-unknown", "customerNumber", "unknown-customer")
            case 101: file.plant(&row, 0, "AC-\(1_000_000 + number - 1)", "serialNumber", "serial-taken")
            case 211: file.plant(&row, 1, "QR-\(number - 1)", "", "duplicate-in-file")
            case 307: file.plant(&row, 5, "lost", "standing", "unknown-value")
            default: break
            }
            file.add(row)
        }
        return try file.written()
    }

    /// A file that is being written, with a byte order mark.
    private struct Drafts {
        private var text: String
        private var rows = 0
        private var planted: Set<Fault> = []

        init(_ header: [String]) { text = CSVWriter.byteOrderMark + CSVWriter.line(header) }

        /// Spoils the row that is added next.
        mutating func plant(_ row: inout [String], _ position: Int, _ cell: String, _ column: String, _ code: String) {
            row[position] = cell
            planted.insert(Fault(line: rows + 2, column: column, code: code))
        }

        mutating func add(_ row: [String]) {
            text += CSVWriter.line(row)
            rows += 1
        }

        func written() throws -> PlantedFile {
            try PlantedFile(bytes: Array(text.utf8), rows: rows, planted: planted)
        }
    }
}
