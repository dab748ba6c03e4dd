/// Something a test waited for did not come about in time.
public struct NeverHappened: Error, CustomStringConvertible {
    let limit: Duration
    let what: String

    public var description: String { "not within \(limit): \(what)" }
}

/// Asks again and again until `condition` holds.
///
/// - Parameters:
///   - limit: how long to go on asking; generous, since only a failing test ever waits for the whole of it.
///   - what: what is being waited for, for the message of the failure.
/// - Throws: `NeverHappened` when the limit has passed, and whatever `condition` throws.
public func eventually(
    within limit: Duration = .seconds(20), _ what: String = "the condition",
    isolation: isolated (any Actor)? = #isolation, _ condition: () async throws -> Bool
) async throws {
    _ = try await eventually(within: limit, what) { try await condition() ? true : nil }
}

/// Asks again and again until `value` answers something, and returns it.
///
/// - Throws: `NeverHappened` when the limit has passed, and whatever `value` throws.
public func eventually<Value>(
    within limit: Duration = .seconds(20), _ what: String = "the value",
    isolation: isolated (any Actor)? = #isolation, _ value: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let found = try await value() { return found }
        guard ContinuousClock.now < deadline else { throw NeverHappened(limit: limit, what: what) }
        try await Task.sleep(for: .milliseconds(10))
    }
}

/// Lets a fault last: some are defined by their length. For nothing else: what comes about is waited for.
public func holdFault(for duration: Duration) async throws {
    try await Task.sleep(for: duration)
}
