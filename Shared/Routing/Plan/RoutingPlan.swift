/// Who goes where, in which order.
public struct RoutingPlan: Sendable, Equatable {
    /// Of each vehicle, by its index, the jobs in order; those that it helps with and its call at its depot among them.
    public var routes: [[Int]]
    /// Jobs in no route.
    public var unserved: [Int]
    /// Of the jobs that have helpers, when they begin.
    public var starts: [Int: Int32]

    public init(routes: [[Int]], unserved: [Int], starts: [Int: Int32] = [:]) {
        self.routes = routes
        self.unserved = unserved
        self.starts = starts
    }

    public var vehiclesInUse: Int { routes.count { !$0.isEmpty } }
}
