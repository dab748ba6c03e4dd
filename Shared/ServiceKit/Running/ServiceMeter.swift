import DomainContracts
import Metrics
import Synchronization

/// What a service counts, by the names of the metric catalogue. Meters are made once per label: the message types a
/// service handles are few and known.
final class ServiceMeter: Sendable {
    private let service: String
    private let counters = Mutex<[String: Counter]>([:])
    private let replays: Counter
    private let batchSizes: Recorder
    private let durations: Metrics.Timer
    private let outboxPending: Gauge
    private let outboxAge: Gauge
    private let leader: Gauge
    private let parked: Gauge
    private let dead: Gauge
    private let timerLag: Gauge
    private let timersPending: Gauge
    private let timersDue: Gauge

    init(service: ServiceName) {
        self.service = service.rawValue
        let labels = [("service", service.rawValue)]
        replays = Counter(label: MetricCatalog.batchReplays, dimensions: labels)
        batchSizes = Recorder(label: MetricCatalog.batchSize, dimensions: labels, aggregate: true)
        durations = Metrics.Timer(label: MetricCatalog.processDuration, dimensions: labels)
        outboxPending = Gauge(label: MetricCatalog.outboxPending, dimensions: labels)
        outboxAge = Gauge(label: MetricCatalog.outboxLag, dimensions: labels)
        leader = Gauge(label: MetricCatalog.outboxLeader, dimensions: labels)
        parked = Gauge(label: MetricCatalog.parkedMessages, dimensions: labels)
        dead = Gauge(label: MetricCatalog.deadMessages, dimensions: labels)
        timerLag = Gauge(label: MetricCatalog.timerLag, dimensions: labels)
        timersPending = Gauge(label: MetricCatalog.pendingTimers, dimensions: labels)
        timersDue = Gauge(label: MetricCatalog.dueTimers, dimensions: labels)
    }

    func handled(_ type: String) { count(MetricCatalog.consumedMessages, "type", type, 1) }
    func published(_ type: String, _ number: Int) { count(MetricCatalog.publishedMessages, "type", type, number) }
    func fired(_ kind: String) { count(MetricCatalog.firedTimers, "timer", kind, 1) }
    func answered(_ query: String) { count(MetricCatalog.queries, "query", query, 1) }
    func batchReplayed() { replays.increment() }

    func batch(of size: Int, took duration: Duration) {
        batchSizes.record(size)
        durations.recordNanoseconds(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    }

    func outbox(pending: Int, oldestAge: Double) {
        outboxPending.record(pending)
        outboxAge.record(oldestAge)
    }

    func leads(_ isLeader: Bool) { leader.record(isLeader ? 1 : 0) }

    func letters(parked waiting: Int, dead gone: Int) {
        parked.record(waiting)
        dead.record(gone)
    }

    func timers(overdue seconds: Double) { timerLag.record(seconds) }

    func timers(pending: Int, due: Int) {
        timersPending.record(pending)
        timersDue.record(due)
    }

    private func count(_ label: String, _ dimension: String, _ value: String, _ number: Int) {
        let counter = counters.withLock { counters in
            let key = label + value
            if let known = counters[key] { return known }
            let made = Counter(label: label, dimensions: [("service", service), (dimension, value)])
            counters[key] = made
            return made
        }
        counter.increment(by: number)
    }
}
