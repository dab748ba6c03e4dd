/// Who may have which job, and who has to fetch something for it, as bits; and at which surcharge: jobs that ask for the same
/// share a row.
final class AllowedVehicles {
    private let isOpen: Bool
    private let rowOf: UnsafeMutablePointer<Int32>
    private let bits: UnsafeMutablePointer<UInt64>
    /// As `bits`; nothing where nobody fetches anything.
    private let fetching: UnsafeMutablePointer<UInt64>
    private let words: Int
    /// Row by row, of each vehicle; nothing where there are none.
    private let surcharges: UnsafeMutablePointer<Int32>
    private let hasSurcharges: Bool
    private let vehicles: Int

    init(_ problem: RoutingProblem) {
        vehicles = problem.vehicles.count
        hasSurcharges = problem.jobs.contains { !$0.surcharges.isEmpty }
        words = (problem.vehicles.count + 63) / 64
        isOpen = problem.jobs.allSatisfy { $0.skills.isEmpty && $0.only == nil }
        var rows: [Demand: Int32] = [:]
        var bits: [UInt64] = []
        var fetching: [UInt64] = []
        var surcharges: [Int32] = []
        var rowOf: [Int32] = []
        for (index, job) in problem.jobs.enumerated() {
            let demand = Demand(
                skills: job.skills, only: job.only, surcharges: job.surcharges, fetchedBy: job.fetchedBy)
            if let row = rows[demand] {
                rowOf.append(row)
                continue
            }
            let row = Int32(rows.count)
            rows[demand] = row
            rowOf.append(row)
            bits += [UInt64](repeating: 0, count: words)
            if problem.hasDepots { fetching += [UInt64](repeating: 0, count: words) }
            for vehicle in job.fetchedBy where problem.fetches(vehicle, index) {
                fetching[Int(row) * words + vehicle / 64] |= 1 << UInt64(vehicle % 64)
            }
            for (vehicle, data) in problem.vehicles.enumerated() {
                guard job.skills.isSubset(of: data.skills), job.only.map({ $0 == vehicle }) ?? true else { continue }
                bits[Int(row) * words + vehicle / 64] |= 1 << UInt64(vehicle % 64)
            }
            if hasSurcharges { surcharges += problem.vehicles.indices.map { job.surcharges[$0] ?? 0 } }
        }
        self.bits = .copy(of: bits)
        self.fetching = .copy(of: fetching)
        self.surcharges = .copy(of: surcharges)
        self.rowOf = .copy(of: rowOf)
    }

    private struct Demand: Hashable {
        var skills: Set<Int>
        var only: Int?
        var surcharges: [Int: Int32]
        var fetchedBy: Set<Int>
    }

    deinit {
        rowOf.deallocate()
        bits.deallocate()
        fetching.deallocate()
        surcharges.deallocate()
    }

    @inline(__always)
    func allows(_ vehicle: Int, _ job: Int) -> Bool {
        isOpen || bits[Int(rowOf[job]) &* words &+ (vehicle >> 6)] >> UInt64(vehicle & 63) & 1 != 0
    }

    /// Whether a vehicle has to call at its depot before a job; asked only where there are depots.
    @inline(__always)
    func fetches(_ vehicle: Int, _ job: Int) -> Bool {
        fetching[Int(rowOf[job]) &* words &+ (vehicle >> 6)] >> UInt64(vehicle & 63) & 1 != 0
    }

    @inline(__always)
    func surcharge(_ vehicle: Int, _ job: Int) -> Int32 {
        hasSurcharges ? surcharges[Int(rowOf[job]) &* vehicles &+ vehicle] : 0
    }
}
