import CShims
import Glibc
import Synchronization

extension ThreadBound {
    /// Runs a call that blocks (a name look-up, say) on an OS thread of its own, and waits here for its result.
    /// Nil when `deadline` comes first: the call then ends unobserved. Throws as `wait` does.
    public func offThread<Value: Sendable>(
        until deadline: ContinuousClock.Instant? = nil, ignoringCancellation: Bool = false,
        _ body: @escaping @Sendable () -> Value
    ) async throws -> Value? {
        let outcome = Outcome<Value>()
        let call = BlockingCall {
            outcome.set(body())
        }
        guard call.start() else { return nil }
        _ = try await wait(
            for: outcome.descriptor, .read, until: deadline, ignoringCancellation: ignoringCancellation)
        return outcome.value
    }
}

private final class BlockingCall: Sendable {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    func start() -> Bool {
        var thread = pthread_t()
        let call = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument {
                    _ = mendloop_name_this_thread("blocking")
                    Unmanaged<BlockingCall>.fromOpaque(argument).takeRetainedValue().body()
                }
                return nil
            }, call.toOpaque())
        guard code == 0 else {
            call.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}

/// What the call returned, and an eventfd that is readable from then on. Whoever lets go last closes it.
private final class Outcome<Value: Sendable>: Sendable {
    let descriptor = mendloop_eventfd()
    private let result = Mutex<Value?>(nil)

    deinit {
        close(descriptor)
    }

    var value: Value? {
        result.withLock { $0 }
    }

    func set(_ value: Value) {
        result.withLock { $0 = value }
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }
}
