import DomainContracts
import Metrics
import Synchronization

/// What a service counts, by the names of the metric catalogue. Meters are made once per series: the message types a
/// service handles are few and known.
final class ServiceMeter: Sendable {
    private struct Series: Hashable {
        let label: String
        let values: [String]
    }

    private let service: String
    private let factory: any MetricsFactory
    private let counters = Mutex<[Series: Counter]>([:])
    private let timers = Mutex<[Series: Metrics.Timer]>([:])
    private let batchSizes = Mutex<[Series: Recorder]>([:])
    private let gauges = Mutex<[Series: Gauge]>([:])
    private let publishDurations: Metrics.Timer
    private let relayLags: Metrics.Timer
    private let timerDelays: Metrics.Timer

    /// - Parameter factory: by default the process's own.
    init(service: ServiceName, factory: any MetricsFactory = MetricsSystem.factory) {
        self.service = service.rawValue
        self.factory = factory
        let own = [("service", service.rawValue)]
        publishDurations = Metrics.Timer(label: MetricCatalog.publishDuration, dimensions: own, factory: factory)
        relayLags = Metrics.Timer(label: MetricCatalog.relayLag, dimensions: own, factory: factory)
        timerDelays = Metrics.Timer(label: MetricCatalog.timerDelay, dimensions: own, factory: factory)
        for outcome in MessageOutcome.allCases {
            count(MetricCatalog.retriedMessages, [("outcome", outcome.rawValue)], 0)
        }
    }

    /// Shows what will be counted from the start, as nothing: who asks how much a counter grew has to have seen it before.
    func expect(_ definition: ServiceDefinition) {
        for route in definition.routes.values {
            let queue = "\(service).\(route.kind == .command ? "commands" : "events")"
            count(
                MetricCatalog.consumedMessages,
                [("queue", queue), ("type", route.wireType), ("outcome", MessageOutcome.applied.rawValue)], 0)
        }
        let queues = ServiceQueues(of: definition.name)
        for queue in [queues.commands, queues.events, queues.timers, queues.parked] {
            count(MetricCatalog.batchReplays, [("queue", queue)], 0)
        }
        for kind in definition.timers.keys { count(MetricCatalog.firedTimers, [("timer", kind)], 0) }
        for query in definition.queries.keys {
            count(MetricCatalog.queries, [("query", Self.key(ofQuery: query)), ("outcome", "answered")], 0)
        }
        for reason in ["handler-failed", "unknown-type", "undecodable", "delivery-limit"] {
            show(MetricCatalog.deadMessages, 0, [("reason", reason)])
        }
        for reason in ["handler-failed", "unknown-type", "not-yet"] {
            show(MetricCatalog.parkedMessages, 0, [("reason", reason)])
        }
    }

    /// `mendloop.intake.totals.v1` → `intake.totals`, as its routing key.
    static func key(ofQuery type: String) -> String {
        type.split(separator: ".").dropFirst().dropLast().joined(separator: ".")
    }

    /// What became of a transaction's messages, which were carried through in `duration`.
    func handled(_ tally: MessageTally, took duration: Duration) {
        for (kind, number) in tally.consumed {
            count(
                MetricCatalog.consumedMessages,
                [("queue", kind.queue), ("type", kind.type), ("outcome", kind.outcome.rawValue)], number)
            let timer = timer(MetricCatalog.processDuration, [("queue", kind.queue), ("type", kind.type)])
            for _ in 0..<number { timer.record(duration) }
        }
        for (outcome, number) in tally.retried {
            count(MetricCatalog.retriedMessages, [("outcome", outcome.rawValue)], number)
        }
        for (queue, number) in tally.sizes { batchSize(of: queue).record(number) }
    }

    func retried(_ outcome: MessageOutcome) {
        count(MetricCatalog.retriedMessages, [("outcome", outcome.rawValue)], 1)
    }

    func batchReplayed(_ queues: some Sequence<String>) {
        for queue in Set(queues) { count(MetricCatalog.batchReplays, [("queue", queue)], 1) }
    }

    func published(_ type: String, _ outcome: String, _ number: Int) {
        count(MetricCatalog.publishedMessages, [("type", type), ("outcome", outcome)], number)
    }

    func publishing(took duration: Duration) { publishDurations.record(duration) }

    /// An event was confirmed so long after it had been written.
    func relayed(after duration: Duration) { relayLags.record(duration) }

    /// - Parameter delay: real time since it was due.
    func fired(_ kind: String, delay: Duration) {
        count(MetricCatalog.firedTimers, [("timer", kind)], 1)
        timerDelays.record(delay)
    }

    func answered(_ query: String, _ outcome: String, took duration: Duration) {
        count(MetricCatalog.queries, [("query", query), ("outcome", outcome)], 1)
        timer(MetricCatalog.queryDuration, [("query", query)]).record(duration)
    }

    /// Sets a gauge of the catalogue.
    func show(_ metric: String, _ value: some BinaryInteger, _ dimensions: [(String, String)] = []) {
        show(metric, Double(value), dimensions)
    }

    func show(_ metric: String, _ value: Double, _ dimensions: [(String, String)] = []) {
        let series = Series(label: metric, values: dimensions.map(\.1))
        gauges.withLock { gauges in
            if let known = gauges[series] { return known }
            let made = Gauge(label: metric, dimensions: labelled(dimensions), factory: factory)
            gauges[series] = made
            return made
        }.record(value)
    }

    /// Sets a gauge by one dimension: whatever of it is not named any more is nothing.
    func show(_ metric: String, by dimension: String, _ values: [String: Double]) {
        let before = gauges.withLock { $0.keys.filter { $0.label == metric }.compactMap(\.values.first) }
        for gone in before where values[gone] == nil { show(metric, 0, [(dimension, gone)]) }
        for (name, value) in values { show(metric, value, [(dimension, name)]) }
    }

    private func batchSize(of queue: String) -> Recorder {
        batchSizes.withLock { sizes in
            let series = Series(label: MetricCatalog.batchSize, values: [queue])
            if let known = sizes[series] { return known }
            let made = Recorder(
                label: MetricCatalog.batchSize, dimensions: labelled([("queue", queue)]), aggregate: true,
                factory: factory)
            sizes[series] = made
            return made
        }
    }

    private func timer(_ label: String, _ dimensions: [(String, String)]) -> Metrics.Timer {
        let series = Series(label: label, values: dimensions.map(\.1))
        return timers.withLock { timers in
            if let known = timers[series] { return known }
            let made = Metrics.Timer(label: label, dimensions: labelled(dimensions), factory: factory)
            timers[series] = made
            return made
        }
    }

    private func count(_ label: String, _ dimensions: [(String, String)], _ number: Int) {
        let series = Series(label: label, values: dimensions.map(\.1))
        counters.withLock { counters in
            if let known = counters[series] { return known }
            let made = Counter(label: label, dimensions: labelled(dimensions), factory: factory)
            counters[series] = made
            return made
        }.increment(by: number)
    }

    private func labelled(_ dimensions: [(String, String)]) -> [(String, String)] {
        [("service", service)] + dimensions
    }
}

extension Metrics.Timer {
    fileprivate func record(_ duration: Duration) {
        recordNanoseconds(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    }
}
