/// Writes Prometheus' text exposition format, version 0.0.4.
struct PrometheusText {
    /// The media type that goes with it.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private var text = ""

    mutating func begin(_ name: String, type: String, help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(type)\n"
    }

    mutating func add(_ name: String, _ labels: [MetricLabel], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{"
            text += labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }.joined(separator: ",")
            text += "}"
        }
        text += " \(Self.number(value))\n"
    }

    mutating func add(_ name: String, _ labels: [MetricLabel], _ histogram: HistogramValue) {
        let snapshot = histogram.snapshot
        for (bound, count) in zip(histogram.bounds, snapshot.cumulative) {
            add(name + "_bucket", labels + [MetricLabel(name: "le", value: Self.number(bound))], Double(count))
        }
        add(name + "_bucket", labels + [MetricLabel(name: "le", value: "+Inf")], Double(snapshot.count))
        add(name + "_sum", labels, snapshot.sum)
        add(name + "_count", labels, Double(snapshot.count))
    }

    func finished() -> String { text }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value) { return String(whole) }
        return String(value)
    }

    private static func escaped(_ value: String, quotes: Bool) -> String {
        let plain = value.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? plain.replacing("\"", with: "\\\"") : plain
    }
}
