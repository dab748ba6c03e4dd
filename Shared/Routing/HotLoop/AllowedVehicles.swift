/// Who may have which job, as bits: jobs that ask for the same share a row.
final class AllowedVehicles {
    private let isOpen: Bool
    private let rowOf: UnsafeMutablePointer<Int32>
    private let bits: UnsafeMutablePointer<UInt64>
    private let words: Int

    init(_ problem: RoutingProblem) {
        words = (problem.vehicles.count + 63) / 64
        isOpen = problem.jobs.allSatisfy { $0.skills.isEmpty && $0.only == nil }
        var rows: [Demand: Int32] = [:]
        var bits: [UInt64] = []
        var rowOf: [Int32] = []
        for job in problem.jobs {
            let demand = Demand(skills: job.skills, only: job.only)
            if let row = rows[demand] {
                rowOf.append(row)
                continue
            }
            let row = Int32(rows.count)
            rows[demand] = row
            rowOf.append(row)
            bits += [UInt64](repeating: 0, count: words)
            for (vehicle, data) in problem.vehicles.enumerated() {
                guard job.skills.isSubset(of: data.skills), job.only.map({ $0 == vehicle }) ?? true else { continue }
                bits[Int(row) * words + vehicle / 64] |= 1 << UInt64(vehicle % 64)
            }
        }
        self.bits = .copy(of: bits)
        self.rowOf = .copy(of: rowOf)
    }

    private struct Demand: Hashable {
        var skills: Set<Int>
        var only: Int?
    }

    deinit {
        rowOf.deallocate()
        bits.deallocate()
    }

    @inline(__always)
    func allows(_ vehicle: Int, _ job: Int) -> Bool {
        isOpen || bits[Int(rowOf[job]) &* words &+ (vehicle >> 6)] >> UInt64(vehicle & 63) & 1 != 0
    }
}
