import LocalStack

/// How many messages the services have handled, as their `/metrics` say.
public enum MessageCounter {
    static let name = "mendloop_messaging_consumed_messages_total"

    /// The sum over all samples of a counter whose `type` is one of ours: timers that fired are no messages.
    public static func handled(_ metrics: String) -> Int {
        var sum = 0
        for line in metrics.split(separator: "\n") where line.hasPrefix(name + "{") {
            guard line.contains("type=\"mendloop."), !line.contains(".timer-"), let blank = line.lastIndex(of: " "),
                let value = Int(line[line.index(after: blank)...])
            else { continue }
            sum += value
        }
        return sum
    }

    struct Silent: Error, CustomStringConvertible {
        let copy: String
        var description: String { "\(copy) does not answer at /metrics" }
    }

    static func handled(_ services: ServiceProcesses) async throws -> Int {
        var sum = 0
        for copy in services.copies {
            guard let text = await services.metrics(of: copy) else { throw Silent(copy: copy.name) }
            sum += handled(text)
        }
        return sum
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
