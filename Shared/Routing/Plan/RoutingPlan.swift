/// Who goes where, in which order.
public struct RoutingPlan: Sendable, Equatable {
    /// Of each vehicle, by its index, the jobs in order; its call at its depot among them, where it has something to fetch.
    public var routes: [[Int]]
    /// Jobs in no route.
    public var unserved: [Int]

    public init(routes: [[Int]], unserved: [Int]) {
        self.routes = routes
        self.unserved = unserved
    }

    public var vehiclesInUse: Int { routes.count { !$0.isEmpty } }
}
