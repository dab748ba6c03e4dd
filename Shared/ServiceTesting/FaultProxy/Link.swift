import Foundation
import Synchronization

/// One connection through the proxy: two sockets, and a thread for each direction.
final class Link: Sendable {
    private struct State {
        var isOpen = true
        var isSwallowing = false
        /// The client sent what is looked for in its present transaction.
        var isMarked = false
    }

    private let client: Int32
    private let server: Int32
    private let rules: LinkRules
    private let state = Mutex(State())
    /// `CommandComplete` of PostgreSQL's protocol, as it answers a COMMIT and a ROLLBACK.
    private static let committed: [UInt8] = [0x43, 0, 0, 0, 11] + Array("COMMIT".utf8) + [0]
    private static let rolledBack: [UInt8] = [0x43, 0, 0, 0, 13] + Array("ROLLBACK".utf8) + [0]

    init(client: Int32, server: Int32, rules: LinkRules) {
        self.client = client
        self.server = server
        self.rules = rules
        // Small messages at once, as without a proxy.
        var yes: Int32 = 1
        for end in [client, server] {
            setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    /// Both threads hold the link: the sockets are closed when neither uses them any more.
    deinit {
        close(client)
        close(server)
    }

    var isOpen: Bool { state.withLock { $0.isOpen } }

    func start() {
        Thread.detachNewThread { [self] in pump(from: client, to: server, look: lookAtClient) }
        Thread.detachNewThread { [self] in pump(from: server, to: client, look: lookAtServer) }
    }

    func swallow() { state.withLock { $0.isSwallowing = true } }

    func cut() {
        state.withLock { $0.isOpen = false }
        for end in [client, server] { shutdown(end, Int32(SHUT_RDWR)) }
    }

    /// Passes on until one end is gone. `look` sees each piece and says whether it may pass.
    private func pump(from source: Int32, to sink: Int32, look: (Piece) -> Bool) {
        var piece = [UInt8](repeating: 0, count: 65_536)
        var tail: ArraySlice<UInt8> = []
        while true {
            let count = recv(source, &piece, piece.count, 0)
            if count <= 0 { break }
            let delay = rules.delay
            // A line's delay is what it is: this thread does nothing but pass bytes on.
            if delay > .zero { Thread.sleep(forTimeInterval: delay / .seconds(1)) }
            if state.withLock({ $0.isSwallowing }) { continue }
            let seen = tail + piece[..<count]
            tail = seen.suffix(200)
            guard look(Piece(bytes: seen, fresh: count)), send(piece[..<count], to: sink) else { break }
        }
        // A half-open connection is one whose other end has gone and cannot say so.
        if !state.withLock({ $0.isSwallowing }) { cut() }
    }

    private func lookAtClient(_ piece: Piece) -> Bool {
        if let mark = rules.mark, piece.completes(mark) {
            state.withLock { $0.isMarked = true }
        }
        return true
    }

    private func lookAtServer(_ piece: Piece) -> Bool {
        let isCommit = piece.completes(Self.committed)
        guard isCommit || piece.completes(Self.rolledBack) else { return true }
        let wasMarked = state.withLock { state in
            defer { state.isMarked = false }
            return state.isMarked
        }
        return !(isCommit && wasMarked && rules.takesAnswer())
    }

    private func send(_ bytes: ArraySlice<UInt8>, to sink: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// What has just come, after the end of what came before: a text may be torn between the two.
    private struct Piece {
        let bytes: ArraySlice<UInt8>
        let fresh: Int

        /// Whether `pattern` ends in what is fresh.
        func completes(_ pattern: [UInt8]) -> Bool {
            bytes.suffix(fresh + pattern.count - 1).firstRange(of: pattern) != nil
        }
    }
}
