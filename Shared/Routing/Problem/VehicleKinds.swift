/// Vehicles that are alike: a route of one could as well be another's.
struct VehicleKinds {
    /// Of each vehicle.
    private(set) var kindOf: [Int] = []
    /// Of each kind, in the order of their numbers.
    private(set) var members: [[Int]] = []

    /// - Parameter apart: vehicles that are a kind of their own, however alike they are to others.
    init(_ vehicles: [RoutingProblem.Vehicle], apart: Set<Int> = []) {
        var kinds: [RoutingProblem.Vehicle: Int] = [:]
        for (index, vehicle) in vehicles.enumerated() {
            let known = apart.contains(index) ? nil : kinds[vehicle]
            let kind = known ?? members.count
            if known == nil {
                members.append([])
                if !apart.contains(index) { kinds[vehicle] = kind }
            }
            members[kind].append(index)
            kindOf.append(kind)
        }
    }
}
