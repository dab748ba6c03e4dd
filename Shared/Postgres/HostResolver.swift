import Glibc

/// Name look-up, which blocks and so has no place on a poll thread.
enum HostResolver {
    enum Failure: Error, Sendable {
        case unknownName
        case noAnswer
    }

    /// Socket folders and literal addresses need no look-up.
    static func needsLookUp(_ host: String) -> Bool {
        guard !host.isEmpty, !host.hasPrefix("/"), !host.hasPrefix("@") else { return false }
        var buffer = in6_addr()
        return inet_pton(AF_INET, host, &buffer) != 1 && inet_pton(AF_INET6, host, &buffer) != 1
    }

    /// All addresses of a host, in the resolver's order.
    static func addresses(of host: String) -> Result<[String], Failure> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        guard code == 0 else {
            return .failure(code == EAI_NONAME ? .unknownName : .noAnswer)
        }
        defer { freeaddrinfo(list) }
        var addresses: [String] = []
        var next = list
        while let info = next {
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            if getnameinfo(
                info.pointee.ai_addr, info.pointee.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
                == 0
            {
                addresses.append(String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
            }
            next = info.pointee.ai_next
        }
        return addresses.isEmpty ? .failure(.noAnswer) : .success(addresses)
    }
}
