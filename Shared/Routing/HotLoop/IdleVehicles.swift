/// Vehicles without a job, by kind: of those that are alike one stands for all.
final class IdleVehicles {
    let kinds: Int
    /// Of all kinds.
    private(set) var count: Int
    /// Where a kind's vehicles begin in `order`, and how many of them, the first ones, are idle.
    private let first: UnsafeMutablePointer<Int32>
    private let idle: UnsafeMutablePointer<Int32>
    private let order: UnsafeMutablePointer<Int32>
    private let place: UnsafeMutablePointer<Int32>
    private let kindOf: UnsafeMutablePointer<Int32>

    /// Everybody is.
    init(_ problem: RoutingProblem) {
        let kinds = VehicleKinds(problem.vehicles, apart: problem.namedVehicles)
        var first: [Int32] = []
        var order: [Int32] = []
        var place = [Int32](repeating: 0, count: problem.vehicles.count)
        for kind in kinds.members {
            first.append(Int32(order.count))
            for vehicle in kind {
                place[vehicle] = Int32(order.count)
                order.append(Int32(vehicle))
            }
        }
        self.kinds = kinds.members.count
        count = problem.vehicles.count
        self.first = .copy(of: first)
        self.order = .copy(of: order)
        self.place = .copy(of: place)
        self.kindOf = .copy(of: kinds.kindOf.map(Int32.init))
        idle = .copy(of: kinds.members.map { Int32($0.count) })
    }

    deinit {
        first.deallocate()
        idle.deallocate()
        order.deallocate()
        place.deallocate()
        kindOf.deallocate()
    }

    /// One of a kind; -1 when all of them have jobs.
    @inline(__always)
    func one(of kind: Int) -> Int { idle[kind] > 0 ? Int(order[Int(first[kind])]) : -1 }

    func set(_ vehicle: Int, _ isIdle: Bool) {
        let kind = Int(kindOf[vehicle])
        let border = first[kind] &+ idle[kind]
        guard isIdle != (place[vehicle] < border) else { return }
        move(vehicle, to: isIdle ? border : border &- 1)
        idle[kind] &+= isIdle ? 1 : -1
        count &+= isIdle ? 1 : -1
    }

    private func move(_ vehicle: Int, to new: Int32) {
        let old = place[vehicle]
        let other = order[Int(new)]
        order[Int(old)] = other
        place[Int(other)] = old
        order[Int(new)] = Int32(truncatingIfNeeded: vehicle)
        place[vehicle] = new
    }
}
