/// Travel from each location to each other.
public struct TravelMatrix: Sendable, Equatable {
    let cells: TravelCells

    /// - Parameter values: row by row, from × to, `size` × `size` numbers, none below 0.
    /// - Throws: `RoutingProblemError`.
    public init(size: Int, values: [Int32]) throws {
        guard values.count == size * size else {
            throw RoutingProblemError("a matrix of \(size) locations has \(size * size) numbers, not \(values.count)")
        }
        guard values.allSatisfy({ (0...RoutingProblem.latestTime).contains($0) }) else {
            throw RoutingProblemError("travel lies within 0…\(RoutingProblem.latestTime)")
        }
        cells = TravelCells(size: size, values)
    }

    public var size: Int { cells.size }
    public var rows: Range<Int> { 0..<size }

    public subscript(from: Int, to: Int) -> Int32 { cells[from, to] }

    public static func == (one: Self, other: Self) -> Bool {
        one.cells === other.cells || one.cells.isEqual(other.cells)
    }
}
