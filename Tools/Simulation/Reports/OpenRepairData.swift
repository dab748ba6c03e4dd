import Foundation
import Tables

/// Reads the Open Repair Data Standard's CSV.
enum OpenRepairData {
    /// What a report that shows this data must say.
    static let attribution =
        "Repair data: Open Repair Alliance (openrepair.org), Open Repair Data Standard, CC BY-SA 4.0"

    /// - Throws: `SimulationError.unusableReports` when the file cannot be read or lacks a column.
    static func cases(inFile path: String) throws -> [RepairCase] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SimulationError.unusableReports("\(path) cannot be read")
        }
        return try cases(String(decoding: data, as: UTF8.self), name: path)
    }

    static func cases(_ text: String, name: String) throws -> [RepairCase] {
        let rows: [[String]]
        do {
            rows = try CSVParser.rows(text).map(\.fields)
        } catch {
            throw SimulationError.unusableReports("\(name): a quote is opened on line \(error.line) and not closed")
        }
        guard let header = rows.first else { throw SimulationError.unusableReports("\(name) is empty") }
        func column(_ title: String) throws -> Int {
            guard let index = header.firstIndex(of: title) else {
                throw SimulationError.unusableReports("\(name) has no column \(title)")
            }
            return index
        }
        let (id, category, brand) = (try column("id"), try column("product_category"), try column("brand"))
        let (status, problem) = (try column("repair_status"), try column("problem"))
        let barrier = try column("repair_barrier_if_end_of_life")
        return rows.dropFirst().compactMap { row in
            guard row.count == header.count, !row[id].isEmpty else { return nil }
            return RepairCase(
                id: row[id], category: row[category].isEmpty ? "Misc" : row[category],
                brand: row[brand] == "Unknown" ? nil : present(row[brand]), problem: present(row[problem]),
                result: RepairCase.Result(rawValue: row[status]) ?? .unknown, barrier: present(row[barrier]),
                language: "en")
        }
    }

    private static func present(_ text: String) -> String? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.isEmpty ? nil : trimmed
    }
}
