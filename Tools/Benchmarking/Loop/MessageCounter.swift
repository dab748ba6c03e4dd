import LocalStack

/// How many messages the services have handled, as their `/metrics` say.
public enum MessageCounter {
    static let name = "mendloop_messaging_consumed_messages_total"
    static let replays = "mendloop_messaging_batch_replays_total"

    /// The sum over all samples of the counter of messages whose `type` is one of ours: timers that fired are no messages.
    public static func handled(_ metrics: String) -> Int {
        sum(of: name, metrics) { $0.contains("type=\"mendloop.") && !$0.contains(".timer-") }
    }

    /// The sum over all samples of a counter.
    public static func sum(
        of counter: String, _ metrics: String, where counts: (Substring) -> Bool = { _ in true }
    ) -> Int {
        metrics.split(separator: "\n").filter { $0.hasPrefix(counter + "{") && counts($0) }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
    }

    struct Silent: Error, CustomStringConvertible {
        let copy: String
        var description: String { "\(copy) does not answer at /metrics" }
    }

    static func handled(_ services: ServiceProcesses) async throws -> Int {
        try await everyCopy(services).reduce(0) { $0 + handled($1) }
    }

    /// The sum over all copies of a counter, whatever its labels.
    static func sum(of counter: String, _ services: ServiceProcesses) async throws -> Int {
        try await everyCopy(services).reduce(0) { $0 + sum(of: counter, $1) }
    }

    private static func everyCopy(_ services: ServiceProcesses) async throws -> [String] {
        var texts: [String] = []
        for copy in services.copies {
            guard let text = await services.metrics(of: copy) else { throw Silent(copy: copy.name) }
            texts.append(text)
        }
        return texts
    }

    /// The same, once nothing has been handled for half a second.
    static func handledWhenQuiet(_ services: ServiceProcesses) async throws -> Int {
        var last = try await handled(services)
        while true {
            try await Task.sleep(for: .milliseconds(500))
            let now = try await handled(services)
            if now == last { return now }
            last = now
        }
    }
}
