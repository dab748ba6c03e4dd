import Metrics
import ServiceKit

/// What is counted at the door.
struct DoorMeter: Sendable {
    private let factory: any MetricsFactory

    /// - Parameter factory: by default the process's own.
    init(factory: any MetricsFactory = MetricsSystem.factory) { self.factory = factory }

    /// - Parameter route: as it is written in the table of routes; nil where a request has none: outsiders may make up what
    ///   they like.
    func answered(_ method: String, _ route: String?, status: Int, took duration: Duration) {
        let place = [
            ("service", ConsoleSettings.service), ("method", route == nil ? "other" : method),
            ("route", route ?? "none"),
        ]
        Counter(
            label: MetricCatalog.httpRequests, dimensions: place + [("status", "\(status)")], factory: factory
        ).increment()
        Metrics.Timer(label: MetricCatalog.httpDuration, dimensions: place, factory: factory).recordNanoseconds(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    }
}
