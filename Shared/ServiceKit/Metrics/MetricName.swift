/// Names as Prometheus and its `promtool check metrics` want them: snake_case, the prefix `mendloop_`, `_total` on
/// counters and on nothing else, base units (seconds).
enum MetricName {
    static let prefix = "mendloop_"

    /// The exported name of what code calls `label`.
    static func exported(_ label: String, as kind: MetricKind) -> String {
        var name = snakeCase(label)
        if !name.hasPrefix(prefix) { name = prefix + name }
        switch kind {
        case .counter:
            return dropping(["_total", "_count"], from: name) + "_total"
        case .gauge:
            return dropping(["_total", "_count", "_sum", "_bucket"], from: name)
        case .histogram:
            return dropping(["_total", "_count", "_sum", "_bucket"], from: name)
        case .durations:
            let units = ["_seconds", "_milliseconds", "_microseconds", "_nanoseconds", "_ms", "_total", "_count"]
            return dropping(units, from: name) + "_seconds"
        }
    }

    /// A label's name; those that Prometheus keeps for itself get a prefix.
    static func label(_ name: String) -> String {
        let plain = snakeCase(name)
        let isReserved = plain.isEmpty || plain == "le" || plain == "quantile" || name.hasPrefix("__")
        return isReserved || plain.first?.isNumber == true ? "label_" + plain : plain
    }

    /// `inboxBatch.size` → `inbox_batch_size`.
    private static func snakeCase(_ text: String) -> String {
        var result = ""
        var previousIsLower = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "A"..."Z":
                if previousIsLower { result += "_" }
                result += String(scalar).lowercased()
                previousIsLower = false
            case "a"..."z", "0"..."9":
                result.unicodeScalars.append(scalar)
                previousIsLower = true
            default:
                if result.last != "_", !result.isEmpty { result += "_" }
                previousIsLower = false
            }
        }
        while result.last == "_" { result.removeLast() }
        return result
    }

    private static func dropping(_ endings: [String], from name: String) -> String {
        guard let ending = endings.first(where: { name.hasSuffix($0) && name.count > prefix.count + $0.count }) else {
            return name
        }
        return String(name.dropLast(ending.count))
    }
}

/// What a metric is, which decides how it is named and written.
enum MetricKind: Sendable {
    case counter
    case gauge
    case histogram
    /// A histogram of seconds.
    case durations

    var prometheusType: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram, .durations: "histogram"
        }
    }
}
