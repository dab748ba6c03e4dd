extension StatusReport {
    /// One screen for a person.
    var text: String {
        var parts: [String] = []
        if !servers.isEmpty { parts.append(serverTable) }
        if !services.isEmpty { parts.append(serviceTable) }
        if !queues.isEmpty { parts.append(queueTable) }
        parts.append(verdict)
        return parts.joined(separator: "\n\n")
    }

    private var serverTable: String {
        var table = TextTable(head: ["SERVER", "STATE", "PID", "ADDRESS"])
        for server in servers {
            let state = server.isReady ? "ready" : server.pid == nil && server.log != nil ? "stopped" : "not ready"
            table.rows.append([server.name, state, server.pid.map { "\($0)" } ?? "-", server.address])
        }
        return table.text
    }

    private var serviceTable: String {
        var table = TextTable(
            head: ["SERVICE", "STATE", "PID", "SCHEMA", "OUTBOX", "TIMERS", "DUE", "PARKED", "DEAD", "ADDRESS"])
        for copy in services {
            let figures = copy.figures
            func cell(_ path: KeyPath<Figures, Int>) -> String { figures.map { "\($0[keyPath: path])" } ?? "-" }
            table.rows.append([
                copy.name, copy.state.rawValue, copy.pid.map { "\($0)" } ?? "-", copy.schema ?? "-",
                cell(\.outboxPending), cell(\.timersPending), cell(\.timersDue), cell(\.parked), cell(\.dead), copy.url,
            ])
        }
        return table.text
    }

    private var queueTable: String {
        let kinds = ["commands", "events", "queries", "dead"]
        var table = TextTable(head: ["QUEUES (ready/consumers)"] + kinds.map { $0.uppercased() })
        var services: [String] = []
        for queue in queues where !services.contains(queue.service) { services.append(queue.service) }
        for service in services {
            table.rows.append(
                [service]
                    + kinds.map { kind in
                        guard let queue = queues.first(where: { $0.name == "\(service).\(kind)" }),
                            let depth = queue.depth, let consumers = queue.consumers
                        else { return "missing" }
                        return "\(depth)/\(consumers)"
                    })
        }
        return table.text
    }

    private var verdict: String {
        if isWell { return "all is well" }
        let head = faults.count == 1 ? "one thing is wrong" : "\(faults.count) things are wrong"
        return ([head + ":"] + faults.flatMap { ["  \($0.what)", "    → \($0.remedy)"] }).joined(separator: "\n")
    }
}
