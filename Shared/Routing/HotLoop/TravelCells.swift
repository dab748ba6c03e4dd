/// Travel in memory that all searches of a problem read: row by row, and turned over, so that looking for a place reads
/// two rows.
// Sendable: nobody writes it after `init`.
final class TravelCells: @unchecked Sendable {
    let size: Int
    /// From × to.
    let outward: UnsafePointer<Int32>
    /// To × from; the same memory when every way is as long as the way back.
    let inward: UnsafePointer<Int32>

    /// Columns and rows turned over at a time, so that both stay near.
    private static let block = 32

    init(size: Int, _ values: [Int32]) {
        self.size = size
        let outward = UnsafeMutablePointer<Int32>.copy(of: values)
        self.outward = UnsafePointer(outward)
        inward = Self.isSymmetric(outward, size) ? self.outward : UnsafePointer(Self.turnedOver(outward, size))
    }

    deinit {
        if inward != outward { inward.deallocate() }
        outward.deallocate()
    }

    subscript(from: Int, to: Int) -> Int32 {
        precondition(from >= 0 && from < size && to >= 0 && to < size, "no such location")
        return outward[from * size + to]
    }

    func isEqual(_ other: TravelCells) -> Bool {
        size == other.size
            && UnsafeBufferPointer(start: outward, count: size * size)
                .elementsEqual(UnsafeBufferPointer(start: other.outward, count: size * size))
    }

    private static func isSymmetric(_ cells: UnsafeMutablePointer<Int32>, _ size: Int) -> Bool {
        allBlocks(size) { from, to in cells[from &* size &+ to] == cells[to &* size &+ from] }
    }

    private static func turnedOver(_ cells: UnsafeMutablePointer<Int32>, _ size: Int) -> UnsafeMutablePointer<Int32> {
        let turned = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, size * size))
        _ = allBlocks(size) { from, to in
            (turned + (to &* size &+ from)).initialize(to: cells[from &* size &+ to])
            return true
        }
        return turned
    }

    /// Visits every pair, block by block, for as long as it is told to go on; whether it was.
    @inline(__always)
    private static func allBlocks(_ size: Int, _ visit: (Int, Int) -> Bool) -> Bool {
        for top in stride(from: 0, to: size, by: block) {
            for left in stride(from: 0, to: size, by: block) {
                for from in top..<min(size, top + block) {
                    for to in left..<min(size, left + block) where !visit(from, to) { return false }
                }
            }
        }
        return true
    }
}

extension UnsafeMutablePointer {
    /// Memory of its own for what an array holds.
    static func copy(of values: [Pointee]) -> Self {
        let cells = allocate(capacity: Swift.max(1, values.count))
        cells.initialize(from: values, count: values.count)
        return cells
    }

    static func filled(_ count: Int, with value: Pointee) -> Self {
        let cells = allocate(capacity: Swift.max(1, count))
        cells.initialize(repeating: value, count: Swift.max(1, count))
        return cells
    }
}
