/// The state of a stack at one moment.
struct StatusReport: Codable, Equatable {
    /// A server the services need.
    struct Server: Codable, Equatable {
        var name: String
        var isReady: Bool
        var pid: Int32?
        var address: String
        /// Below the stack's folder; nil for a server that somebody else runs.
        var log: String?
        /// What it has too little of, so that it takes no message.
        var alarms: [String] = []
    }

    /// One copy of a service.
    struct ServiceCopy: Codable, Equatable {
        enum State: String, Codable { case ready, notReady = "not ready", silent, stopped }

        var name: String
        var service: String
        var state: State
        var pid: Int32?
        var url: String
        /// The schema's version, as `K0001 V0002`.
        var schema: String?
        /// The last that one that does not run wrote of a fault.
        var lastWords: String?
        /// What keeps it from being ready, by check.
        var reasons: [String: String] = [:]
        var figures: Figures?
    }

    /// What a copy tells about its service's store.
    struct Figures: Codable, Equatable {
        var outboxPending: Int
        /// Age of the oldest unpublished event, real seconds.
        var outboxAge: Double
        var timersPending: Int
        var timersDue: Int
        /// How long the most overdue timer has been due, real seconds.
        var timerLag: Double
        var parked: Int
        var dead: Int
        /// Database connections that the copy may have.
        var poolLimit = 0
    }

    /// A queue; nil figures when it does not exist.
    struct Queue: Codable, Equatable {
        var service: String
        var name: String
        var depth: Int?
        var consumers: Int?
    }

    /// Something that is not as it should be, and what to do about it.
    struct Fault: Codable, Equatable {
        var what: String
        var remedy: String
    }

    var isWell: Bool
    var servers: [Server]
    var services: [ServiceCopy]
    var queues: [Queue]
    var faults: [Fault]

    init(servers: [Server], services: [ServiceCopy], queues: [Queue], expected: [String]) {
        self.servers = servers
        self.services = services
        self.queues = queues
        faults = []
        isWell = true
        faults = StatusRules(report: self, expected: expected).faults
        isWell = faults.isEmpty
    }
}
