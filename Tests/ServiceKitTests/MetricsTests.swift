import CoreMetrics
import Foundation
import Testing

@testable import ServiceKit

@Suite("Metrics")
struct MetricsTests {
    private let registry = MetricsRegistry(seriesLimit: 5)
    private var factory: PrometheusMetricsFactory { PrometheusMetricsFactory(registry: registry) }

    /// The page without what it says of the process.
    private func page() -> [String] {
        registry.prometheusText().split(separator: "\n").map(String.init).filter { !$0.contains("process_") }
    }

    @Test("a counter counts per set of dimensions, wherever it is made and in whatever order they are given")
    func counters() {
        Counter(label: "messages", dimensions: [("queue", "a"), ("type", "x")], factory: factory).increment(by: 2)
        Counter(label: "messages", dimensions: [("type", "x"), ("queue", "a")], factory: factory).increment()
        FloatingPointCounter(label: "messages", dimensions: [("queue", "b"), ("type", "x")], factory: factory)
            .increment(by: 0.5)
        #expect(
            page() == [
                "# HELP mendloop_messages_total messages total.", "# TYPE mendloop_messages_total counter",
                #"mendloop_messages_total{queue="a",type="x"} 3"#, #"mendloop_messages_total{queue="b",type="x"} 0.5"#,
            ])
    }

    @Test("a gauge goes up and down")
    func gauges() {
        let meter = Meter(label: "mendloop_outbox_pending_messages", factory: factory)
        meter.set(10)
        meter.increment(by: 5)
        meter.decrement(by: 7)
        #expect(page().last == "mendloop_outbox_pending_messages 8")
        Gauge(label: "mendloop_outbox_pending_messages", factory: factory).record(3)
        #expect(page().last == "mendloop_outbox_pending_messages 3")
    }

    @Test("a timer is a histogram of seconds: cumulative buckets, sum and count")
    func timers() {
        let timer = CoreMetrics.Timer(label: "step.duration", factory: factory)
        timer.recordMilliseconds(5)
        timer.recordMilliseconds(6)
        timer.recordSeconds(120)
        let lines = page()
        #expect(lines.contains("# TYPE mendloop_step_duration_seconds histogram"))
        #expect(lines.contains(#"mendloop_step_duration_seconds_bucket{le="0.0025"} 0"#))
        #expect(lines.contains(#"mendloop_step_duration_seconds_bucket{le="0.005"} 1"#))
        #expect(lines.contains(#"mendloop_step_duration_seconds_bucket{le="0.01"} 2"#))
        #expect(lines.contains(#"mendloop_step_duration_seconds_bucket{le="60"} 2"#))
        #expect(lines.contains(#"mendloop_step_duration_seconds_bucket{le="+Inf"} 3"#))
        #expect(lines.contains("mendloop_step_duration_seconds_count 3"))
        #expect(lines.contains("mendloop_step_duration_seconds_sum 120.011"))
    }

    @Test(
        "names and labels get the spelling that Prometheus wants",
        arguments: [
            ("messages", MetricKind.counter, "mendloop_messages_total"),
            ("mendloop_messages_total", .counter, "mendloop_messages_total"),
            ("inboxBatch.size", .histogram, "mendloop_inbox_batch_size"),
            ("queue-depth_total", .gauge, "mendloop_queue_depth"),
            ("step", .durations, "mendloop_step_seconds"), ("step_ms", .durations, "mendloop_step_seconds"),
            ("mendloop_step_duration_seconds", .durations, "mendloop_step_duration_seconds"),
        ])
    func names(label: String, kind: MetricKind, exported: String) {
        #expect(MetricName.exported(label, as: kind) == exported)
    }

    @Test("a dimension with too many values does not grow for ever, and nothing counted is lost")
    func boundedCardinality() {
        for id in 0..<100 {
            Counter(label: "visits", dimensions: [("id", "\(id)")], factory: factory).increment()
        }
        let lines = page().filter { !$0.hasPrefix("#") }
        #expect(lines.count == 5)
        #expect(lines.contains(#"mendloop_visits_total{id="other"} 96"#))
    }

    @Test("one name cannot be two kinds of metric: the second is not shown")
    func clash() {
        Gauge(label: "size", factory: factory).record(1)
        Recorder(label: "size", factory: factory).record(7)
        #expect(page().filter { $0.hasPrefix("# TYPE") } == ["# TYPE mendloop_size gauge"])
    }

    @Test("a metric that is destroyed is no longer shown")
    func destroyed() {
        let counter = Counter(label: "gone", factory: factory)
        counter.increment()
        counter.destroy()
        #expect(page().isEmpty)
    }

    @Test("the page tells of the process itself")
    func process() {
        let text = registry.prometheusText()
        #expect(text.contains("# TYPE process_cpu_seconds_total counter"))
        #expect(text.contains("process_resident_memory_bytes "))
        let start = text.split(separator: "\n").first { $0.hasPrefix("process_start_time_seconds") }
        let seconds = start.flatMap { $0.split(separator: " ").last }.flatMap { Double($0) } ?? 0
        #expect(abs(Date.now.timeIntervalSince1970 - seconds) < 86_400)
    }

    @Test(
        "promtool accepts the page, with every metric of the catalogue and hostile labels on it",
        .enabled(if: Promtool.path != nil, "promtool is not installed: apt install prometheus"))
    func promtool() throws {
        let registry = MetricsRegistry()
        let factory = PrometheusMetricsFactory(registry: registry)
        for entry in MetricCatalog.entries {
            let labels = entry.labels.map { ($0, "x") }
            switch entry.kind {
            case .counter: Counter(label: entry.name, dimensions: labels, factory: factory).increment()
            case .histogram where entry.name.hasSuffix("_seconds"):
                CoreMetrics.Timer(label: entry.name, dimensions: labels, factory: factory).recordMilliseconds(3)
            case .histogram: Recorder(label: entry.name, dimensions: labels, factory: factory).record(50)
            case .gauge: Gauge(label: entry.name, dimensions: labels, factory: factory).record(1)
            }
        }
        for value in ["", "\"", "\\", "a\nb", "漏油", "{le=\"1\"}"] {
            Counter(label: "odd things", dimensions: [("odd-Key", value), ("le", "1")], factory: factory).increment()
        }
        let text = registry.prometheusText()
        for (name, help) in MetricCatalog.help {
            #expect(text.contains("# HELP \(name) \(help)\n"), "\(name) is not exported under its own name")
        }
        let result = try Promtool.check(text)
        #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
    }

    @Test(
        "promtool would have complained of a page that is not right",
        .enabled(if: Promtool.path != nil, "promtool is not installed: apt install prometheus"))
    func promtoolNotices() throws {
        #expect(try Promtool.check("# TYPE mendloop_x counter\nmendloop_x 1\n").status != 0)
    }
}
