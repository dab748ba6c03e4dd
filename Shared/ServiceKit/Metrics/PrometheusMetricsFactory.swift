import CoreMetrics

/// The swift-metrics backend that fills a ``MetricsRegistry``.
///
/// A metric whose exported name already stands for another kind of metric is not exported: its values go nowhere, since
/// Prometheus would refuse the whole page.
public struct PrometheusMetricsFactory: MetricsFactory {
    /// What the metrics made here are shown by.
    public let registry: MetricsRegistry

    public init(registry: MetricsRegistry) {
        self.registry = registry
    }

    /// Makes this process's metrics go to a registry, once, before any metric is made.
    public static func bootstrap() -> MetricsRegistry {
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(PrometheusMetricsFactory(registry: registry))
        return registry
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CoreMetrics.CounterHandler {
        counter(label, dimensions)
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any CoreMetrics.FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any CoreMetrics.MeterHandler {
        gauge(label, dimensions)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any CoreMetrics
        .RecorderHandler
    {
        aggregate
            ? histogram(label, dimensions, kind: .histogram, bounds: HistogramValue.sizes)
            : gauge(label, dimensions)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any CoreMetrics.TimerHandler {
        histogram(label, dimensions, kind: .durations, bounds: HistogramValue.seconds)
    }

    public func destroyCounter(_ handler: any CoreMetrics.CounterHandler) { remove(handler) }
    public func destroyFloatingPointCounter(_ handler: any CoreMetrics.FloatingPointCounterHandler) { remove(handler) }
    public func destroyMeter(_ handler: any CoreMetrics.MeterHandler) { remove(handler) }
    public func destroyRecorder(_ handler: any CoreMetrics.RecorderHandler) { remove(handler) }
    public func destroyTimer(_ handler: any CoreMetrics.TimerHandler) { remove(handler) }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterValue {
        let new = CounterValue()
        guard case .counter(let value)? = registry.value(label, dimensions, kind: .counter, make: { .counter(new) })
        else { return new }
        return value
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeValue {
        let new = GaugeValue()
        guard case .gauge(let value)? = registry.value(label, dimensions, kind: .gauge, make: { .gauge(new) })
        else { return new }
        return value
    }

    private func histogram(
        _ label: String, _ dimensions: [(String, String)], kind: MetricKind, bounds: [Double]
    ) -> HistogramValue {
        let new = HistogramValue(bounds: bounds)
        guard case .histogram(let value)? = registry.value(label, dimensions, kind: kind, make: { .histogram(new) })
        else { return new }
        return value
    }

    private func remove(_ handler: AnyObject) {
        registry.remove { value in
            switch value {
            case .counter(let counter): counter === handler
            case .gauge(let gauge): gauge === handler
            case .histogram(let histogram): histogram === handler
            }
        }
    }
}
