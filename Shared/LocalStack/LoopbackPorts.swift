import Foundation

/// Free ports on the loopback interface.
enum LoopbackPorts {
    /// Below the range from which Linux takes the ports of outgoing connections: a client that keeps trying to reach
    /// a stopped server inside that range can be given the very port it calls, and connect to itself.
    private static let range: ClosedRange<UInt16> = 12_000...31_999

    /// Ports nobody listens on at this moment, each different.
    static func free(_ count: Int) throws -> [UInt16] {
        var found: [UInt16] = []
        for _ in 0..<2_000 where found.count < count {
            let candidate = UInt16.random(in: range)
            if !found.contains(candidate), isFree(candidate) { found.append(candidate) }
        }
        guard found.count == count else { throw StackError.system("finding free ports", errno: EADDRINUSE) }
        return found
    }

    /// Whether a server could listen on the port now.
    static func isFree(_ port: UInt16, on host: String = Loopback.host) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        return Loopback.withAddress(port, on: host) { bind(descriptor, $0, $1) } == 0 && listen(descriptor, 1) == 0
    }
}

enum Loopback {
    static let host = "127.0.0.1"

    static func withAddress<Result>(
        _ port: UInt16, on host: String = host, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
