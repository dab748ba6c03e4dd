import CoreMetrics
import Synchronization

/// All metrics of a process, as `/metrics` shows them. The same label and dimensions always give the same series, so
/// code may make its `Counter` where it counts.
///
/// The number of series of one metric is bounded: when a dimension turns out to have too many values (an id, say), the
/// further ones are counted together with `other` in every dimension.
public final class MetricsRegistry: Sendable {
    enum Value: Sendable {
        case counter(CounterValue)
        case gauge(GaugeValue)
        case histogram(HistogramValue)
    }

    struct Family: Sendable {
        var kind: MetricKind
        var series: [[MetricLabel]: Value] = [:]
    }

    private let families = Mutex<[String: Family]>([:])
    private let help: [String: String]
    private let seriesLimit: Int

    /// - Parameters:
    ///   - help: texts by exported name; a metric without one is described by its name.
    ///   - seriesLimit: the most series that one metric may have.
    public init(help: [String: String] = MetricCatalog.help, seriesLimit: Int = 1_000) {
        self.help = help
        self.seriesLimit = max(2, seriesLimit)
    }

    /// The value of a series, made when it is new; nil when its name already stands for a metric of another kind.
    func value(
        _ label: String, _ dimensions: [(String, String)], kind: MetricKind, make: () -> Value
    ) -> Value? {
        let name = MetricName.exported(label, as: kind)
        let labels = MetricLabel.canonical(dimensions)
        return families.withLock { families in
            var family = families[name] ?? Family(kind: kind)
            guard family.kind == kind else { return nil }
            if let known = family.series[labels] { return known }
            let isFull = family.series.count >= seriesLimit - 1 && !labels.isEmpty
            let key = isFull ? labels.map { MetricLabel(name: $0.name, value: "other") } : labels
            let value = family.series[key] ?? make()
            family.series[key] = value
            families[name] = family
            return value
        }
    }

    /// Forgets the series that holds `value`.
    func remove(where isMatch: (Value) -> Bool) {
        families.withLock { families in
            for (name, family) in families {
                let kept = family.series.filter { !isMatch($0.value) }
                if kept.count < family.series.count { families[name]?.series = kept }
            }
        }
    }

    /// Everything in Prometheus' text format, version 0.0.4.
    public func prometheusText() -> String {
        var text = PrometheusText()
        for (name, family) in families.withLock({ $0 }).sorted(by: { $0.key < $1.key }) where !family.series.isEmpty {
            text.begin(name, type: family.kind.prometheusType, help: help[name] ?? Self.described(name))
            for (labels, value) in family.series.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                switch value {
                case .counter(let counter): text.add(name, labels, counter.value)
                case .gauge(let gauge): text.add(name, labels, gauge.value)
                case .histogram(let histogram): text.add(name, labels, histogram)
                }
            }
        }
        ProcessMetrics.read()?.write(to: &text)
        return text.finished()
    }

    private static func described(_ name: String) -> String {
        name.dropFirst(MetricName.prefix.count).replacing("_", with: " ") + "."
    }
}

/// One dimension of a series.
struct MetricLabel: Hashable, Comparable, Sendable {
    var name: String
    var value: String

    /// In the order of the names, each once; long values are cut, since nobody chooses what a value may hold.
    static func canonical(_ dimensions: [(String, String)]) -> [MetricLabel] {
        let byName = Dictionary(dimensions.map { (MetricName.label($0.0), $0.1) }, uniquingKeysWith: { $1 })
        return byName.map { MetricLabel(name: $0, value: String($1.prefix(120))) }.sorted()
    }

    static func < (left: MetricLabel, right: MetricLabel) -> Bool {
        (left.name, left.value) < (right.name, right.value)
    }
}
