internal import CLibPQ
import PollThread

/// What somebody said with NOTIFY.
public struct PostgresNotification: Sendable, Equatable {
    public let channel: String
    public let payload: String
    /// The server process of the session that said it.
    public let processID: Int32
}

extension PostgresConnection {
    /// Hears what is said on the channel from now on. A listening connection is not returned to a pool, but closed.
    public func listen(_ channel: String) async throws {
        isListening = true
        try await execute("LISTEN \(identifier: channel)")
    }

    /// The next notification, or nil when `deadline` passes first. Throws a connection error when the session ends:
    /// what was said meanwhile is lost, so look for yourself after connecting and listening again.
    public func nextNotification(until deadline: ContinuousClock.Instant? = nil) async throws -> PostgresNotification? {
        while true {
            try Task.checkCancellation()
            guard let pointer = sessionPointer else {
                throw PostgresError(kind: .connection(.lost), message: "the session has ended")
            }
            if let notification = takeNotification(pointer) {
                return notification
            }
            if await wait(pointer, until: deadline) == .timedOut {
                return nil
            }
            // A call under way reads for both, and wakes the listeners when it is done.
            if !isInUse, sessionPointer == pointer, PQconsumeInput(pointer) == 0 {
                throw lost(pointer)
            }
        }
    }

    private func wait(_ pointer: OpaquePointer, until deadline: ContinuousClock.Instant?) async -> Readiness? {
        // Cancellation and shutdown are noticed by the loop.
        try? await wait(for: PQsocket(pointer), .read, until: deadline)
    }

    private func takeNotification(_ pointer: OpaquePointer) -> PostgresNotification? {
        guard let notification = PQnotifies(pointer) else { return nil }
        defer { PQfreemem(notification) }
        return PostgresNotification(
            channel: String(cString: notification.pointee.relname),
            payload: String(cString: notification.pointee.extra),
            processID: notification.pointee.be_pid)
    }
}
