internal import CLibPQ

/// A libpq connection, closed when let go. A noncopyable handle, so that the actor which owns it needs no `deinit`.
struct Session: ~Copyable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfinish(pointer)
    }
}

/// The right to cancel what a session runs, from any thread.
// Sendable: a PGcancel is a private copy of the server's address and key; PQcancel is documented as thread-safe.
final class CancelRequest: @unchecked Sendable {
    private let pointer: OpaquePointer

    init?(session: OpaquePointer) {
        guard let pointer = PQgetCancel(session) else { return nil }
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Blocks until the server has taken note.
    func send() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(pointer, &message, Int32(message.count))
    }
}
