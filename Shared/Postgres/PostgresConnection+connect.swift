internal import CLibPQ
import Glibc
import PollThread

extension PostgresConnection {
    /// Opens the session. Fails with a typed connection error within `connectTimeout`.
    public func connect() async throws {
        await take()
        defer { release() }
        guard session == nil else { return }
        try await open()
    }

    /// The caller holds the turn.
    func open() async throws {
        do {
            try await establish(until: .now + configuration.connectTimeout)
            connectFailure.withLock { $0 = nil }
        } catch is PollThreadStopped {
            drop()
            throw PostgresError(kind: .connection(.closed), message: "the poll thread was shut down")
        } catch {
            drop()
            if let error = error as? PostgresError {
                connectFailure.withLock { $0 = error }
            }
            throw error
        }
    }

    private func establish(until deadline: ContinuousClock.Instant) async throws {
        var options = try Conninfo.parse(configuration.url)
        try await resolve(&options, until: deadline)
        let existing = options["options"].map { $0 + " " } ?? ""
        options["options"] = existing + configuration.sessionOptions
        options["application_name"] = configuration.applicationName
        options["client_encoding"] = "UTF8"
        // Notices a dead network; libpq's own defaults wait for hours.
        options.merge(
            [
                "keepalives_idle": "20", "keepalives_interval": "5", "keepalives_count": "3",
                "tcp_user_timeout": "30000", "gssencmode": "disable",
            ], uniquingKeysWith: { given, _ in given })
        guard let pointer = Conninfo.start(options) else {
            throw PostgresError(kind: .connection(.refused), message: "no memory for a connection")
        }
        session = Session(pointer)
        _ = PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        _ = PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        guard PQstatus(pointer) != CONNECTION_BAD else { throw PostgresError(connecting: pointer) }
        try await poll(pointer, until: deadline)
        guard PQsetnonblocking(pointer, 1) == 0, PQenterPipelineMode(pointer) == 1 else {
            throw PostgresError(connecting: pointer)
        }
    }

    private func poll(_ pointer: OpaquePointer, until deadline: ContinuousClock.Instant) async throws {
        var interest = Interest.write
        while true {
            // The descriptor may change from one attempt to the next.
            let readiness = try await wait(for: PQsocket(pointer), interest, until: deadline)
            guard readiness != .timedOut else {
                throw PostgresError(
                    kind: .connection(.timedOut), message: "no session within \(configuration.connectTimeout)")
            }
            switch PQconnectPoll(pointer) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: interest = .read
            case PGRES_POLLING_WRITING: interest = .write
            default: throw PostgresError(connecting: pointer)
            }
        }
    }

    /// Replaces host names by all their addresses, looked up off the thread.
    private func resolve(_ options: inout [String: String], until deadline: ContinuousClock.Instant) async throws {
        guard let host = options["host"], options["hostaddr"] == nil else { return }
        let hosts = host.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard hosts.contains(where: HostResolver.needsLookUp), !hosts.contains(where: { $0.hasPrefix("/") }) else {
            return
        }
        let ports = (options["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        var found: [(host: String, address: String, port: String)] = []
        for (index, host) in hosts.enumerated() {
            let port = ports.count > 1 && index < ports.count ? ports[index] : ports.first ?? ""
            guard HostResolver.needsLookUp(host) else {
                found.append((host, host, port))
                continue
            }
            switch try await offThread(until: deadline, { HostResolver.addresses(of: host) }) {
            case .success(let addresses)?:
                found += addresses.map { (host, $0, port) }
            case .failure(.unknownName)?:
                throw PostgresError(kind: .connection(.misconfigured), message: "no host is called \(host)")
            case .failure(.noAnswer)?:
                throw PostgresError(kind: .connection(.refused), message: "the name \(host) cannot be looked up now")
            case nil:
                throw PostgresError(kind: .connection(.timedOut), message: "the look-up of \(host) took too long")
            }
        }
        options["host"] = found.map(\.host).joined(separator: ",")
        options["hostaddr"] = found.map(\.address).joined(separator: ",")
        options["port"] = found.map(\.port).joined(separator: ",")
    }

    /// Whether a session that has been idle can still be used: there is nothing to read, or nothing bad.
    func isFit(_ pointer: OpaquePointer) -> Bool {
        var descriptor = pollfd(fd: PQsocket(pointer), events: Int16(POLLIN), revents: 0)
        if Glibc.poll(&descriptor, 1, 0) != 0 {
            // A farewell and the end of the stream take one read each.
            guard PQconsumeInput(pointer) == 1, PQisBusy(pointer) == 0, PQconsumeInput(pointer) == 1 else {
                return false
            }
        }
        return PQstatus(pointer) == CONNECTION_OK && PQtransactionStatus(pointer) == PQTRANS_IDLE
    }
}
