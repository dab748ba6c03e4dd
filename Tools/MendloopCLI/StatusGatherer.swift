import AMQP
import DomainContracts
import Foundation
import LocalStack
import ServiceKit

/// Looks at a stack from outside: processes, health pages, metrics, queues.
struct StatusGatherer {
    let stack: Stack

    func report() async throws -> StatusReport {
        if let url = try stack.foreignBrokerURL(), try !isOurs(url) { return try await foreignReport(url) }
        return try await localReport()
    }

    /// Whether the environment names the broker of the folder's own stack.
    private func isOurs(_ url: String) throws -> Bool {
        (try? stack.local.addresses().amqpURL()) == url
    }

    private func localReport() async throws -> StatusReport {
        let addresses = try stack.local.addresses()
        let status = try await stack.local.status()
        func pid(_ name: String) -> Int32? { status.processes.first { $0.name == name }?.pid }
        let servers = [
            StatusReport.Server(
                name: "PostgreSQL", isReady: status.databaseIsReady, pid: pid("postgres"),
                address: "127.0.0.1:\(addresses.postgresPort)", log: "log/postgres.log"),
            StatusReport.Server(
                name: "RabbitMQ", isReady: status.brokerIsReady, pid: pid("rabbitmq"),
                address: "127.0.0.1:\(addresses.amqpPort)", log: "log/rabbitmq.log",
                alarms: status.brokerIsReady ? await alarms() : []),
        ]
        var copies: [StatusReport.ServiceCopy] = []
        for service in status.services {
            var copy = StatusReport.ServiceCopy(
                name: service.copy.name, service: service.copy.service, state: .stopped, pid: service.pid,
                url: service.copy.httpURL)
            if service.pid != nil { await look(&copy) } else { copy.lastWords = lastWords(of: copy.name) }
            copies.append(copy)
        }
        let queues = status.brokerIsReady ? await queues(at: addresses.amqpURL()) : []
        return report(servers, copies, queues)
    }

    /// Of the management interface; none where it cannot be asked.
    private func alarms() async -> [String] {
        let alarms = try? await stack.identities().management.alarms()
        return (alarms ?? []).map { "\($0.node) has too little \($0.resource)" }
    }

    /// The last error among the newest lines of a service's log, or what it wrote there that is none of its lines: a crash.
    private func lastWords(of copy: String) -> String? {
        for line in newestLines(of: "\(stack.local.path)/log/\(copy).log").reversed() {
            guard let said = try? JSONDecoder().decode(LogLine.self, from: Data(line.utf8)) else {
                return "\(line)".shortened(to: 200)
            }
            if ["error", "critical"].contains(said.level) {
                return [said.message, said.error].compactMap { $0 }.joined(separator: ": ").shortened(to: 200)
            }
        }
        return nil
    }

    /// A log may have grown for years: its end is enough.
    private func newestLines(of path: String) -> [Substring] {
        guard let log = FileHandle(forReadingAtPath: path), let size = try? log.seekToEnd() else { return [] }
        try? log.seek(toOffset: size - min(size, 16_384))
        let end = (try? log.readToEnd()) ?? Data()
        return String(decoding: end, as: UTF8.self).split(separator: "\n").suffix(20)
    }

    /// A stack that runs elsewhere: what the environment names of it.
    private func foreignReport(_ url: String) async throws -> StatusReport {
        let configuration = try AMQPConfiguration(url: url, connectionName: "mendloop status")
        let queues = await queues(at: url)
        let broker = StatusReport.Server(
            name: "RabbitMQ", isReady: !queues.isEmpty, pid: nil,
            address: configuration.place, alarms: await alarms())
        var copies: [StatusReport.ServiceCopy] = []
        let services: [(name: String, prefix: String)] =
            LocalService.allCases.map { (name: $0.name, prefix: $0.environmentPrefix) }
            + [(ServiceProcesses.door, "MENDLOOP_" + ServiceProcesses.door.uppercased())]
        for service in services {
            let variables = [service.prefix] + (2...16).map { "\(service.prefix)_\($0)" }
            let addresses = try variables.compactMap { try Settings().optionalString("\($0)_HTTP_URL") }
            for (index, address) in addresses.flatMap(Self.addresses).enumerated() {
                var copy = StatusReport.ServiceCopy(
                    name: "\(service.name)-\(index + 1)", service: service.name, state: .silent, url: address)
                await look(&copy)
                copies.append(copy)
            }
        }
        return report([broker], copies, queues)
    }

    /// Of several copies that compose gave a range of ports, `http://127.0.0.1:8101-8102`, each one's.
    static func addresses(_ text: String) -> [String] {
        guard let match = text.firstMatch(of: /^(.*:)([0-9]+)-([0-9]+)(.*)$/), let first = Int(match.2),
            let last = Int(match.3), first <= last, last - first < 16
        else { return [text] }
        return (first...last).map { "\(match.1)\($0)\(match.4)" }
    }

    private func report(
        _ servers: [StatusReport.Server], _ copies: [StatusReport.ServiceCopy], _ queues: [StatusReport.Queue]
    ) -> StatusReport {
        // Console need not be there.
        let console = ServiceName.console.rawValue
        let hasConsole = copies.contains { $0.service == console } || queues.contains { $0.service == console }
        return StatusReport(
            servers: servers, services: copies, queues: queues,
            expected: LocalService.allCases.map(\.name) + (hasConsole ? [console] : []))
    }

    private func look(_ copy: inout StatusReport.ServiceCopy) async {
        guard let answer = await HealthPage.get(copy.url, "/readyz"),
            let health = try? WireJSON.decoder().decode(HealthPageBody.self, from: Data(answer.body.utf8))
        else {
            copy.state = .silent
            return
        }
        copy.state = answer.status == 200 ? .ready : .notReady
        copy.schema = health.checks["migration"]?.detail
        copy.reasons = health.checks.compactMapValues(\.reason)
        copy.figures = await HealthPage.get(copy.url, "/metrics").map { StatusReport.Figures(metrics: $0.body) }
    }

    /// Empty when the broker cannot be reached.
    private func queues(at url: String) async -> [StatusReport.Queue] {
        guard let configuration = try? AMQPConfiguration(url: url, connectionName: "mendloop status") else { return [] }
        let administrator = AMQPAdministrator(configuration)
        var queues: [StatusReport.Queue] = []
        for service in ServiceName.allCases + [.console] {
            for kind in ["commands", "events", "queries", "dead"] {
                let name = "\(service.rawValue).\(kind)"
                do throws(AMQPError) {
                    let depth = try await administrator.depth(of: name)
                    queues.append(
                        .init(
                            service: service.rawValue, name: name, depth: depth.messageCount,
                            consumers: depth.consumerCount))
                } catch .closedByPeer(404, _) {
                    // Console need not be there.
                    if service == .console { continue }
                    queues.append(.init(service: service.rawValue, name: name))
                } catch {
                    await administrator.close()
                    return []
                }
            }
        }
        await administrator.close()
        return queues
    }
}

/// What of a line of a service's log matters here.
private struct LogLine: Decodable {
    var level: String
    var message: String
    var error: String?
}

/// What of `/readyz` matters here.
private struct HealthPageBody: Decodable {
    struct Check: Decodable {
        var detail: String?
        var reason: String?
    }
    var checks: [String: Check]
}

extension StatusReport.Figures {
    /// Reads the gauges from a metrics page: of all series together; what is not there yet counts as nothing.
    init(metrics: String) {
        var values: [Substring: Double] = [:]
        for line in metrics.split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
                continue
            }
            values[line[..<space].prefix { $0 != "{" }, default: 0] += value
        }
        func gauge(_ name: String) -> Double { values[Substring(name)] ?? 0 }
        self.init(
            outboxPending: Int(gauge(MetricCatalog.outboxPending)), outboxAge: gauge(MetricCatalog.outboxLag),
            timersPending: Int(gauge(MetricCatalog.pendingTimers)), timersDue: Int(gauge(MetricCatalog.dueTimers)),
            timerLag: gauge(MetricCatalog.timerLag), parked: Int(gauge(MetricCatalog.parkedMessages)),
            dead: Int(gauge(MetricCatalog.deadMessages)), poolLimit: Int(gauge(MetricCatalog.poolLimit)))
    }
}
