import Foundation

/// The rows of a day's `travelSeconds`, read apart: of a day of 5,000 jobs they are nine million numbers, for each of which a decoder takes half a
/// microsecond.
struct TravelRows {
    let table: TravelTable
    /// The file with no row in it.
    let rest: Data

    /// Nil where the file is not plainly that, once, with whole numbers: a decoder then says what is wrong with it.
    init?(_ file: Data) {
        var scan = JSONScan([UInt8](file))
        guard let found = scan.member("travelSeconds", { $0.table() }), scan.isAtEnd else { return nil }
        table = found.value
        rest = file.prefix(found.range.lowerBound) + Data("[]".utf8) + file.dropFirst(found.range.upperBound)
    }
}
