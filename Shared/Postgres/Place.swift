/// Where one server listens, as libpq's options name it: a host or a socket folder, perhaps its address, perhaps a port.
struct Place: Sendable, Equatable {
    var host: String?
    var address: String?
    var port: String?

    /// The servers that connection options name, in their order; one without anything where they name none.
    static func all(in options: [String: String]) throws(PostgresError) -> [Place] {
        func list(_ name: String) -> [String] {
            options[name]?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        }
        let (hosts, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
        let count = max(hosts.count, addresses.count, 1)
        func fits(_ number: Int) -> Bool { [0, count].contains(number) }
        guard fits(hosts.count), fits(addresses.count), fits(ports.count) || ports.count == 1 else {
            throw .misconfigured("the database URL has as many ports as hosts, or one for all")
        }
        return (0..<count).map { index in
            Place(
                host: nonEmpty(hosts, index), address: nonEmpty(addresses, index),
                port: nonEmpty(ports, ports.count == 1 ? 0 : index))
        }
    }

    private static func nonEmpty(_ list: [String], _ index: Int) -> String? {
        guard index < list.count, !list[index].isEmpty else { return nil }
        return list[index]
    }

    /// The options with this server alone.
    func alone(in options: [String: String]) -> [String: String] {
        var options = options
        options["host"] = host
        options["hostaddr"] = address
        options["port"] = port
        return options
    }

    /// As people call it; nil for libpq's own default.
    var name: String? {
        guard let server = host ?? address else { return nil }
        return server + (port.map { ":\($0)" } ?? "")
    }
}

extension PostgresError {
    static func misconfigured(_ message: String) -> PostgresError {
        PostgresError(kind: .connection(.misconfigured), message: message)
    }
}
