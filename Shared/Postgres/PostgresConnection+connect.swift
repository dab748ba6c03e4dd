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
            try await openAny()
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

    /// Tries the servers that the URL names, one after another, each for its share of the time.
    private func openAny() async throws {
        var options = try Conninfo.parse(configuration.url)
        let places = try Place.all(in: options)
        if places.count > 1, options["target_session_attrs"] ?? "any" == "any" {
            options["target_session_attrs"] = "read-write"
        }
        let share = configuration.connectTimeout / places.count
        if places.count > 1, servers.isEmpty { try await lookAround(places, options, share) }
        var failures: [PostgresError] = []
        for index in servers.order(places.count) {
            do {
                try await establish(places[index].alone(in: options), until: .now + share)
                if places.count > 1, let timeline = try await timeline() {
                    let newest = servers.note(timeline, of: index)
                    guard timeline == newest else { throw PostgresError(former: places[index], timeline, newest) }
                }
                servers.served(index)
                return
            } catch let error as PostgresError {
                drop()
                failures.append(error)
            }
        }
        throw PostgresError(ofServers: failures)
    }

    /// Whoever begins while a former primary runs again beside its successor has to ask both.
    private func lookAround(_ places: [Place], _ options: [String: String], _ share: Duration) async throws {
        for (index, place) in places.enumerated() {
            do {
                try await establish(place.alone(in: options), until: .now + share)
                if let timeline = try await timeline() { servers.note(timeline, of: index) }
                drop()
            } catch is PostgresError {
                drop()
            }
        }
    }

    private func establish(_ named: [String: String], until deadline: ContinuousClock.Instant) async throws {
        var options = named
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

    /// The server's timeline; nil of one that does not tell, as some that are only compatible.
    private func timeline() async throws -> Int? {
        do {
            let rows = try await attempt(["SELECT pg_walfile_name(pg_current_wal_lsn()) AS file"], isShielded: false)
                .flatMap(\.rows)
            let file: String? = try rows.first?.get("file")
            return file.flatMap { Int($0.prefix(8), radix: 16) }
        } catch let error as PostgresError where error.kind == .server {
            return nil
        }
    }

    private func poll(_ pointer: OpaquePointer, until deadline: ContinuousClock.Instant) async throws {
        var interest = Interest.write
        while true {
            // The descriptor may change from one attempt to the next.
            let readiness = try await wait(for: PQsocket(pointer), interest, until: deadline)
            guard readiness != .timedOut else {
                let server = [PQhost(pointer), PQport(pointer)].compactMap { $0.map { String(cString: $0) } }
                throw PostgresError(
                    kind: .connection(.timedOut), message: "no session with \(server.joined(separator: ":")) in time")
            }
            switch PQconnectPoll(pointer) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: interest = .read
            case PGRES_POLLING_WRITING: interest = .write
            default: throw PostgresError(connecting: pointer)
            }
        }
    }

    /// Replaces a host name by all its addresses, looked up off the thread.
    private func resolve(_ options: inout [String: String], until deadline: ContinuousClock.Instant) async throws {
        guard let host = options["host"], options["hostaddr"] == nil, HostResolver.needsLookUp(host) else { return }
        switch try await offThread(until: deadline, { HostResolver.addresses(of: host) }) {
        case .success(let addresses)?:
            options["host"] = addresses.map { _ in host }.joined(separator: ",")
            options["hostaddr"] = addresses.joined(separator: ",")
        case .failure(.unknownName)?:
            throw PostgresError.misconfigured("no host is called \(host)")
        case .failure(.noAnswer)?:
            throw PostgresError(kind: .connection(.refused), message: "the name \(host) cannot be looked up now")
        case nil:
            throw PostgresError(kind: .connection(.timedOut), message: "the look-up of \(host) took too long")
        }
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
