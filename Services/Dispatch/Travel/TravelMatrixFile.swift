import Dispatching
import Foundation

/// A table of ways in a file: a line of names, then a way a line, from and to in degrees, with its seconds.
enum TravelMatrixFile {
    static let header = "from_latitude,from_longitude,to_latitude,to_longitude,seconds"
    /// About 50 MB of memory.
    static let mostWays = 1_000_000

    /// - Throws: ``TravelMatrixError`` that names the first line at fault.
    static func read(_ path: String) throws(TravelMatrixError) -> KnownTravel {
        guard let data = try? Data(contentsOf: URL(filePath: path)), let text = String(validating: data, as: UTF8.self)
        else { throw TravelMatrixError(path: path, line: nil, what: "cannot be read as text") }
        return try parse(text, path: path)
    }

    static func parse(_ text: String, path: String) throws(TravelMatrixError) -> KnownTravel {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.first.map({ Self.line($0).trimmingPrefix("\u{feff}") == header }) ?? false else {
            throw TravelMatrixError(path: path, line: 1, what: "expected \(header)")
        }
        // Twice as many, since only half of the room is ever full; so nothing of a file is forgotten.
        var known = KnownTravel(capacity: 2 * lines.count)
        for (index, bytes) in lines.enumerated().dropFirst() {
            let line = line(bytes)
            if line.isEmpty { continue }
            func fault(_ what: String) -> TravelMatrixError {
                TravelMatrixError(path: path, line: index + 1, what: what)
            }
            if index > mostWays { throw fault("expected at most \(mostWays) ways") }
            let fields = line.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(
                Substring.init)
            guard fields.count == 5 else { throw fault("expected 5 fields, not \(fields.count)") }
            func degrees(_ field: Int, _ name: String, upTo limit: Double) throws(TravelMatrixError) -> Int {
                guard let value = Double(fields[field]), abs(value) <= limit else {
                    throw fault("\(name) is “\(fields[field])”; expected degrees from -\(Int(limit)) to \(Int(limit))")
                }
                return Int((value * 1e6).rounded())
            }
            let from = TravelCell(
                microdegrees: try degrees(0, "from_latitude", upTo: 90), try degrees(1, "from_longitude", upTo: 180))
            let to = TravelCell(
                microdegrees: try degrees(2, "to_latitude", upTo: 90), try degrees(3, "to_longitude", upTo: 180))
            guard let seconds = Int32(fields[4]), (0...longest).contains(seconds) else {
                throw fault("seconds is “\(fields[4])”; expected a whole number from 0 to \(longest)")
            }
            if let from, let to { known.learn(seconds, from: from, to: to) }
        }
        return known
    }

    /// Bytes are far quicker to take apart than characters; on Windows a line ends with a carriage return too.
    private static func line(_ bytes: Substring.UTF8View) -> Substring {
        Substring(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes)
    }

    /// A week.
    private static let longest: Int32 = 604_800
}

/// What is wrong with a file of ways.
struct TravelMatrixError: Error, Equatable, CustomStringConvertible {
    var path: String
    /// From 1; nil when it is about the whole file.
    var line: Int?
    var what: String

    var description: String { "MENDLOOP_TRAVEL: \(path)\(line.map { ", line \($0)" } ?? ""): \(what)" }
}
