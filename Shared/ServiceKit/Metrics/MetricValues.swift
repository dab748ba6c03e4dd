import CoreMetrics
import Synchronization

/// A number that only grows.
final class CounterValue: CoreMetrics.CounterHandler, CoreMetrics.FloatingPointCounterHandler {
    private let sum = Mutex(0.0)

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        sum.withLock { $0 += amount }
    }

    func reset() { sum.withLock { $0 = 0 } }

    var value: Double { sum.withLock { $0 } }
}

/// A number that goes up and down.
final class GaugeValue: CoreMetrics.MeterHandler, CoreMetrics.RecorderHandler {
    private let current = Mutex(0.0)

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { current.withLock { $0 = value } }

    func increment(by amount: Double) { current.withLock { $0 += amount } }

    func decrement(by amount: Double) { current.withLock { $0 -= amount } }

    func record(_ value: Int64) { set(Double(value)) }

    func record(_ value: Double) { set(value) }

    var value: Double { current.withLock { $0 } }
}

/// How often a value fell below each of some fixed bounds.
final class HistogramValue: CoreMetrics.TimerHandler, CoreMetrics.RecorderHandler {
    /// For durations, in seconds: from half a millisecond, the cost of a commit, to a minute.
    static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
    /// For sizes of batches and the like.
    static let sizes: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000]

    struct Snapshot: Sendable {
        /// How many values were at most the bound of the same index.
        var cumulative: [UInt64]
        var count: UInt64
        var sum: Double
    }

    let bounds: [Double]
    private let state: Mutex<Snapshot>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(Snapshot(cumulative: Array(repeating: 0, count: bounds.count), count: 0, sum: 0))
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        state.withLock { state in
            for index in bounds.indices.reversed() {
                if value > bounds[index] { break }
                state.cumulative[index] += 1
            }
            state.count += 1
            state.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    var snapshot: Snapshot { state.withLock { $0 } }
}
