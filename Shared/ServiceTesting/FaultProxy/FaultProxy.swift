import Foundation
import Synchronization

/// A TCP relay on the loopback interface, to stand between a service and a server and behave as networks do: late, cut,
/// half-open. Of PostgreSQL's protocol it knows one thing, the answer to a COMMIT.
public final class FaultProxy: Sendable {
    /// Where clients connect, on 127.0.0.1.
    public let port: UInt16
    private let listener: Int32
    private let target: Mutex<UInt16>
    private let rules = LinkRules()
    private let links = Mutex<[Link]>([])

    /// Listens, and passes on to `target` on 127.0.0.1.
    public init(to target: UInt16) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard listener >= 0, Self.onLoopback(0, { bind(listener, $0, $1) }) == 0, listen(listener, 64) == 0,
            let port = Self.port(of: listener)
        else {
            close(listener)
            throw Unusable(errno: errno)
        }
        self.target = Mutex(target)
        self.listener = listener
        self.port = port
        Thread.detachNewThread { [self] in acceptAll() }
    }

    /// Passes new connections on to another port: a server that was started anew.
    public func lead(to target: UInt16) { self.target.withLock { $0 = target } }

    /// Passes on everything later by this much.
    public func delay(by duration: Duration) { rules.delay(by: duration) }

    /// Cuts every connection there is; the next ones are served.
    public func cut() {
        for link in links.withLock({ $0 }) { link.cut() }
    }

    /// Makes every connection there is half-open: it stays, takes what is sent and passes nothing on. Returns how many
    /// they are; the next ones are served.
    @discardableResult
    public func swallow() -> Int {
        let all = links.withLock { $0.filter(\.isOpen) }
        for link in all { link.swallow() }
        return all.count
    }

    /// Cuts a connection when the server has carried out the COMMIT of a transaction in which the client sent `mark`, and
    /// before the client hears of it; so often.
    public func loseAnswers(toCommitsOf mark: String, times: Int = 1) {
        rules.loseAnswers(toCommitsOf: mark, times: times)
    }

    /// Commits whose answer was lost so far.
    public var lostAnswers: Int { rules.lostAnswers }

    /// Connections that stand, half-open ones too.
    public var openConnections: Int { links.withLock { $0.count(where: \.isOpen) } }

    /// Ends all of it.
    public func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        cut()
    }

    private func acceptAll() {
        while true {
            let client = accept(listener, nil, nil)
            if client < 0 {
                if errno == EINTR { continue }
                close(listener)
                return
            }
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
            guard Self.onLoopback(target.withLock { $0 }, { connect(server, $0, $1) }) == 0 else {
                close(client)
                close(server)
                continue
            }
            let link = Link(client: client, server: server, rules: rules)
            links.withLock { links in
                links.removeAll { !$0.isOpen }
                links.append(link)
            }
            link.start()
        }
    }

    private static func port(of socket: Int32) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failure = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
        }
        return failure == 0 ? UInt16(bigEndian: address.sin_port) : nil
    }

    private static func onLoopback<Value>(
        _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
    ) -> Value {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    struct Unusable: Error { let errno: Int32 }
}
