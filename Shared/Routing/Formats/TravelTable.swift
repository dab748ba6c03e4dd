/// Seconds of travel as a day's file has them: rows from each place, with a column to each.
struct TravelTable: Equatable {
    /// Row after row.
    private var values: [Int32] = []
    /// Where each row ends among them.
    private var ends: [Int] = []

    mutating func append(_ value: Int32) { values.append(value) }

    mutating func endRow() { ends.append(values.count) }

    /// - Throws: `RoutingProblemError` where rows are not as long as there are rows.
    func matrix() throws -> TravelMatrix {
        let size = ends.count
        guard ends.enumerated().allSatisfy({ $1 == ($0 + 1) * size }) else {
            throw RoutingProblemError("travelSeconds: as many columns as rows, \(size)")
        }
        return try TravelMatrix(size: size, values: values)
    }
}

extension TravelTable: Decodable {
    init(from decoder: any Decoder) throws {
        for row in try [[Int32]](from: decoder) {
            values += row
            endRow()
        }
    }
}
