/// What counts as wrong, and what to do about it.
struct StatusRules {
    let report: StatusReport
    /// The services there should be.
    let expected: [String]

    /// Real seconds after which something that should happen at once is late.
    private static let patience = 30.0

    var faults: [StatusReport.Fault] {
        let servers = serverFaults + alarmFaults
        // While a server is away everything else is its consequence.
        return servers.isEmpty ? serviceFaults + queueFaults + storeFaults : servers + stoppedFaults
    }

    private var serverFaults: [StatusReport.Fault] {
        report.servers.filter { !$0.isReady }.map { server in
            guard let log = server.log else {
                return .init(
                    what: "\(server.name) at \(server.address) cannot be reached",
                    remedy: "start it, or correct MENDLOOP_AMQP_URL")
            }
            return .init(
                what: "\(server.name) \(server.pid == nil ? "does not run" : "runs and accepts no connections")",
                remedy: "./mendloop up starts what does not run; see \(log) in the stack's folder")
        }
    }

    private var alarmFaults: [StatusReport.Fault] {
        report.servers.flatMap { server in
            server.alarms.map { alarm in
                .init(
                    what: "\(server.name) takes no messages: \(alarm)",
                    remedy: "free or add some; what waits in the services' outboxes goes out by itself then")
            }
        }
    }

    private var stoppedFaults: [StatusReport.Fault] {
        report.services.filter { $0.state == .stopped }.map {
            .init(
                what: "\($0.name) does not run" + ($0.lastWords.map { ": \($0)" } ?? ""),
                remedy: "./mendloop up starts it; log/\($0.name).log says how it ended")
        }
    }

    private var serviceFaults: [StatusReport.Fault] {
        let known = Set(report.services.map(\.service))
        let missing = expected.filter { !known.contains($0) }.map {
            StatusReport.Fault(what: "no copy of \($0) is known", remedy: "./mendloop up starts it")
        }
        let unready = report.services.filter { $0.state == .notReady || $0.state == .silent }.map { copy in
            // A service that waits for its schema has not begun with anything else.
            let waits = copy.reasons["migration"] != nil && copy.reasons["database"] == nil
            let reasons = copy.reasons.filter { !waits || $0.key == "migration" }.sorted { $0.key < $1.key }
            let why = reasons.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
            return StatusReport.Fault(
                what: "\(copy.name) \(copy.state == .silent ? "runs and does not answer" : "is not ready")"
                    + (why.isEmpty ? "" : ": \(why)"),
                remedy: waits
                    ? "./mendloop migrate" : "see log/\(copy.name).log")
        }
        return stoppedFaults + missing + unready
    }

    private var queueFaults: [StatusReport.Fault] {
        let running = Set(report.services.filter { $0.state == .ready }.map(\.service))
        return report.queues.compactMap { queue in
            guard let depth = queue.depth, let consumers = queue.consumers else {
                return .init(what: "there is no queue \(queue.name)", remedy: "./mendloop migrate")
            }
            // A service that is not there has been named already.
            guard consumers == 0, running.contains(queue.service) else { return nil }
            return .init(
                what: "nobody takes from \(queue.name); \(depth) wait",
                remedy: "\(queue.service) holds off while a dependency is away; if it stays, see its log")
        }
    }

    private var storeFaults: [StatusReport.Fault] {
        var faults: [StatusReport.Fault] = []
        for service in expected {
            guard let figures = report.figures(of: service) else { continue }
            if figures.dead > 0 {
                faults.append(
                    .init(
                        what: "\(service) has \(figures.dead) dead \(figures.dead == 1 ? "letter" : "letters")",
                        remedy: "./mendloop dead list --service \(service); then dead replay or dead discard"))
            }
            if figures.outboxAge > Self.patience {
                faults.append(
                    .init(
                        what:
                            "\(service)'s outbox is stuck: \(figures.outboxPending) events, the oldest \(Int(figures.outboxAge)) s",
                        remedy: "its relay does not reach the broker, or the broker refuses: see its log"))
            }
            if figures.timersDue > 0, figures.timerLag > Self.patience {
                faults.append(
                    .init(
                        what:
                            "\(service)'s timers are late: \(figures.timersDue) due, the oldest since \(Int(figures.timerLag)) s",
                        remedy: "it cannot keep up or one of them fails: see its log; another copy helps with the first"
                    ))
            }
        }
        return faults
    }
}

extension StatusReport {
    /// The service's figures: every copy tells of the one store, and the largest is the latest told while things go wrong.
    func figures(of service: String) -> Figures? {
        services.filter { $0.service == service }.compactMap(\.figures).max {
            ($0.dead, $0.outboxAge, $0.parked) < ($1.dead, $1.outboxAge, $1.parked)
        }
    }
}
