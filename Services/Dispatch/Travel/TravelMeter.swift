import Metrics
import ServiceKit

/// What is counted of travel times.
struct TravelMeter: Sendable {
    /// What became of a question to the road service.
    enum Outcome: String, CaseIterable, Sendable {
        case answered
        case failed
    }

    private let known: Counter
    private let estimated: Counter
    private let requests: [Outcome: Counter]

    /// - Parameter factory: by default the process's own.
    init(factory: any MetricsFactory = MetricsSystem.factory) {
        func counter(_ label: String, _ dimension: String, _ value: String) -> Counter {
            Counter(label: label, dimensions: [("service", "dispatch"), (dimension, value)], factory: factory)
        }
        known = counter(MetricCatalog.travelPairs, "source", "known")
        estimated = counter(MetricCatalog.travelPairs, "source", "estimated")
        requests = Dictionary(
            uniqueKeysWithValues: Outcome.allCases.map {
                ($0, counter(MetricCatalog.travelRequests, "outcome", $0.rawValue))
            })
    }

    /// Before a step: so many of the ways that it may ask for are known, so many estimated.
    func prepared(known: Int, estimated: Int) {
        self.known.increment(by: known)
        self.estimated.increment(by: estimated)
    }

    func asked(_ outcome: Outcome) { requests[outcome]?.increment() }
}
