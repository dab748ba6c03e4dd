import PollThread

/// An actor on a thread of its own that keeps one connection up: it reads what comes, answers heartbeats, notices silence,
/// and connects again.
protocol LineKeeping: ThreadBound {
    var line: Line { get }
    /// Opens the channel and what else the actor needs, blocking.
    func prepare(_ connection: Connection) throws(AMQPError)
    func handle(_ event: Incoming) throws(AMQPError)
    /// All frames that had come are handled.
    func handledAll()
    /// The connection is gone, or could not be made.
    func lost(_ error: AMQPError)
    /// Does what is due; the answer is when to look again.
    func checkDeadlines(_ now: ContinuousClock.Instant) throws(AMQPError) -> ContinuousClock.Instant?
}

extension LineKeeping {
    func handledAll() {}

    func checkDeadlines(_ now: ContinuousClock.Instant) throws(AMQPError) -> ContinuousClock.Instant? { nil }

    /// Connects in the background, the first time it is called.
    func start() {
        guard line.keeper == nil, !line.isClosed else { return }
        line.keeper = Task { await self.keep() }
    }

    /// Says goodbye to the broker and ends the keeper.
    func stop() async {
        line.isClosed = true
        line.connection?.close()
        lose(.closed)
        line.keeper?.cancel()
        await line.keeper?.value
    }

    private func keep() async {
        var attempt = 0
        while !line.isClosed {
            do throws(AMQPError) {
                let connection = try Connection.open(line.configuration, at: line.turn.address)
                try prepare(connection)
                line.connection = connection
                line.nextLook = nil
                line.lastError = nil
                attempt = 0
                announceChange()
                try await pump(connection)
            } catch {
                lose(error)
                line.turn.moveOn()
            }
            // Delays grow from round to round: the first pass over the nodes is a quick one.
            await rest(line.backoff.delay(attempt: attempt / line.configuration.addresses.count))
            attempt += 1
        }
    }

    private func pump(_ connection: Connection) async throws(AMQPError) {
        while true {
            try drain(connection)
            let now = ContinuousClock.now
            connection.noteSigns(now: now, plannedLook: line.nextLook)
            let silence = connection.heartbeat.map { connection.lastHeard + $0 * 1.75 }
            if let silence, now > silence { throw .heartbeatMissed }
            let beat = connection.heartbeat.map { now + $0 / 4 }
            let next = [silence, beat, try checkDeadlines(now)].compactMap(\.self).min()
            line.nextLook = next
            // The socket does not tell of what was read with an answer that `checkDeadlines` waited for.
            if connection.hasFramesHere { continue }
            guard let readiness = try? await wait(for: connection.descriptor, .read, until: next) else {
                throw .closed
            }
            if readiness.contains(.readable) { connection.hasSigns = true }
        }
    }

    /// Handles every frame that is already here. A connection that was given up says why.
    func drain(_ connection: Connection) throws(AMQPError) {
        while let event = try connection.next() {
            switch event {
            case .blocked(let reason):
                line.blockedReason = reason
                announceChange()
            case .unblocked:
                line.blockedReason = nil
                announceChange()
            default:
                try handle(event)
            }
        }
        handledAll()
    }

    /// Gives the connection up at once and wakes the keeper, which connects again.
    func giveUp(_ connection: Connection, _ error: AMQPError) {
        connection.abandon(error)
        if line.connection === connection { lose(error) }
    }

    private func lose(_ error: AMQPError) {
        let had = line.connection
        line.connection = nil
        line.blockedReason = nil
        // The keeper finds a connection that was already given up: what was said then stands.
        if had != nil || line.lastError == nil || error != .closed { line.lastError = had?.failure ?? error }
        if let had { line.lastLoss = had.failure ?? error }
        had?.abandon(error)
        lost(error)
        announceChange()
    }

    private func rest(_ duration: Duration) async {
        let end = ContinuousClock.now + duration
        while !line.isClosed, !Task.isCancelled, ContinuousClock.now < end {
            try? await sleep(until: end)
        }
    }

    /// Makes the keeper look at its deadlines at this time or before.
    func lookAgain(by deadline: ContinuousClock.Instant) {
        guard let connection = line.connection, line.nextLook.map({ deadline < $0 }) ?? true else { return }
        line.nextLook = deadline
        interruptWaits(on: connection.descriptor)
    }

    /// Wakes whoever waits in `change`. The thread has no other actor on it, so all its sleepers are this actor's.
    func announceChange() {
        interruptWaits(on: -1)
    }

    /// Sleeps until something has changed or `deadline` has passed: look again. Throws `CancellationError`.
    func change(until deadline: ContinuousClock.Instant?) async throws {
        _ = try await wait(for: -1, .read, until: deadline)
    }

    /// A connection that takes messages.
    ///
    /// Throws `closed`; `authentication`, for which there is no use in waiting; `blocked` or `notConnected` once
    /// `deadline` has passed or the task is cancelled.
    func ready(until deadline: ContinuousClock.Instant) async throws(AMQPError) -> Connection {
        start()
        while true {
            if line.isClosed { throw .closed }
            if let connection = line.connection, line.blockedReason == nil { return connection }
            if case .authentication? = line.lastError, let error = line.lastError { throw error }
            if ContinuousClock.now < deadline, (try? await change(until: deadline)) != nil { continue }
            if let reason = line.blockedReason { throw .blocked(reason: reason) }
            throw .notConnected
        }
    }
}
