/// Travel from each location to each other.
public struct TravelMatrix: Sendable, Equatable {
    public let size: Int
    /// Row by row: from × to.
    let values: [Int32]

    /// - Parameter values: row by row, from × to, `size` × `size` numbers, none below 0.
    /// - Throws: `RoutingProblemError`.
    public init(size: Int, values: [Int32]) throws {
        guard values.count == size * size else {
            throw RoutingProblemError("a matrix of \(size) locations has \(size * size) numbers, not \(values.count)")
        }
        guard values.allSatisfy({ (0...RoutingProblem.latestTime).contains($0) }) else {
            throw RoutingProblemError("travel lies within 0…\(RoutingProblem.latestTime)")
        }
        self.size = size
        self.values = values
    }

    public var rows: Range<Int> { 0..<size }

    /// The same, to × from.
    var transposed: [Int32] {
        var values = [Int32](repeating: 0, count: size * size)
        for from in rows {
            for to in rows { values[to * size + from] = self[from, to] }
        }
        return values
    }

    public subscript(from: Int, to: Int) -> Int32 { values[from * size + to] }
}
