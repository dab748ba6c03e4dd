import Glibc
import PollThread
import Testing

/// A pipe's reader, pinned to a poll thread.
private actor PipeReader: ThreadBound {
    nonisolated let thread: PollThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    nonisolated let readEnd: Int32
    nonisolated let writeEnd: Int32
    private(set) var count = 0

    init(thread: PollThread) {
        self.thread = thread
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0)
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func runsOnItsThread() -> Bool {
        thread.isCurrent
    }

    func increment() {
        let before = count
        count = before + 1
    }

    func incrementAcrossASuspension() async throws {
        try await sleep(until: .now)
        increment()
    }

    func awaitByte(until deadline: ContinuousClock.Instant? = nil, ignoringCancellation: Bool = false) async throws
        -> Readiness
    {
        try await wait(for: readEnd, .read, until: deadline, ignoringCancellation: ignoringCancellation)
    }

    func isOnThreadAfterAwaitingByte() async throws -> Bool {
        _ = try await awaitByte()
        return thread.isCurrent
    }

    /// Re-enters the actor while its waits are suspended.
    func interrupt() {
        interruptWaits(on: readEnd)
    }

    func write() {
        var byte: UInt8 = 1
        _ = Glibc.write(writeEnd, &byte, 1)
    }
}

@Suite(.timeLimit(.minutes(1)))
struct PollThreadTests {
    @Test("an actor's code runs on its thread, before and after a wait")
    func runsOnItsThread() async throws {
        let thread = PollThread(name: "test")
        let reader = PipeReader(thread: thread)
        #expect(await reader.runsOnItsThread())
        #expect(!thread.isCurrent)
        await reader.write()
        #expect(try await reader.isOnThreadAfterAwaitingByte())
    }

    @Test("a byte that arrives from elsewhere ends the wait")
    func readable() async throws {
        let reader = PipeReader(thread: PollThread(name: "test"))
        async let readiness = reader.awaitByte()
        await reader.write()
        #expect(try await readiness == .readable)
    }

    @Test("a writable pipe is writable, and one without a reader says closed")
    func writable() async throws {
        let reader = PipeReader(thread: PollThread(name: "test"))
        #expect(try await reader.wait(for: reader.writeEnd, .write) == .writable)
        #expect(try await reader.wait(for: reader.writeEnd, .readWrite) == .writable)
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        // Far above the numbers that others are given meanwhile: those are the lowest that are free.
        let apart = fcntl(ends[1], F_DUPFD_CLOEXEC, 900)
        close(ends[1])
        #expect(try await reader.wait(for: apart, .write).contains(.closed))
        close(apart)
        #expect(try await reader.wait(for: apart, .write) == .closed)
    }

    @Test("a deadline ends the wait with a value, not an error")
    func timeout() async throws {
        let reader = PipeReader(thread: PollThread(name: "test"))
        #expect(try await reader.awaitByte(until: .now + .milliseconds(5)) == .timedOut)
        #expect(try await reader.awaitByte(until: .now - .seconds(1)) == .timedOut)
    }

    @Test("readiness wins over a deadline that has passed too")
    func readinessFirst() async throws {
        let reader = PipeReader(thread: PollThread(name: "test"))
        await reader.write()
        #expect(try await reader.awaitByte(until: .now - .seconds(1)) == .readable)
    }

    @Test("cancelling the task ends the wait with CancellationError, whether before or during it", arguments: 0..<50)
    func cancellation(_: Int) async throws {
        let reader = PipeReader(thread: PollThread(name: "test"))
        let task = Task { try await reader.awaitByte() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a wait that ignores cancellation is ended by its byte")
    func shielded() async throws {
        let reader = PipeReader(thread: PollThread(name: "test"))
        let task = Task { try await reader.awaitByte(ignoringCancellation: true) }
        task.cancel()
        await reader.write()
        #expect(try await task.value == .readable)
    }

    @Test("an interruption ends every wait on the descriptor")
    func interruption() async throws {
        let reader = PipeReader(thread: PollThread(name: "test"))
        let waits = (0..<3).map { _ in Task { try await reader.awaitByte() } }
        let interrupter = Task {
            while !Task.isCancelled {
                await reader.interrupt()
                await Task.yield()
            }
        }
        for wait in waits {
            #expect(try await wait.value == .interrupted)
        }
        interrupter.cancel()
    }

    @Test("after a shutdown waits throw, those under way and those to come, and actors still run")
    func shutdown() async throws {
        let thread = PollThread(name: "test")
        let reader = PipeReader(thread: thread)
        let underWay = Task { try await reader.awaitByte() }
        thread.shutdown()
        await #expect(throws: PollThreadStopped.self) { try await underWay.value }
        await #expect(throws: PollThreadStopped.self) { try await reader.awaitByte() }
        #expect(await reader.runsOnItsThread())
    }

    @Test("ten thousand calls from many tasks are serialised and none is lost")
    func serialised() async throws {
        let reader = PipeReader(thread: PollThread(name: "test"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    for _ in 0..<450 { await reader.increment() }
                    for _ in 0..<50 { try await reader.incrementAcrossASuspension() }
                }
            }
            try await group.waitForAll()
        }
        #expect(await reader.count == 10_000)
    }

    @Test("threads end with their actors: a thousand of them do not pile up descriptors")
    func noLeak() async throws {
        for _ in 0..<1_000 {
            let reader = PipeReader(thread: PollThread(name: "short-lived"))
            await reader.increment()
        }
        // The eventfd of an ended thread is closed by that thread, so the last few may still be on their way out.
        var probe: [Int32] = [-1, -1]
        try #require(pipe(&probe) == 0)
        #expect(probe[0] < 500)
        close(probe[0])
        close(probe[1])
    }
}
