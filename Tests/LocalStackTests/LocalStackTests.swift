import Foundation
import ServiceTesting
import Testing

@testable import LocalStack

/// Each test has a stack of its own, one at a time: a broker's start takes seconds of both cores.
@Suite("A private stack", .slow, .serialized)
struct LocalStackTests {
    @Test("starting and stopping are safe to repeat, and the data stays")
    func repeated() async throws {
        let stack = try lasting()
        let first = try await stack.start()
        try await stack.sql("CREATE TABLE t AS SELECT 42 AS answer")
        try await stack.addVirtualHost("kept")
        let pids = try await stack.status().processes
        #expect(try await stack.start() == first)
        #expect(try await stack.status().processes == pids)

        try await stack.stop()
        try await stack.stop()
        #expect(pids.allSatisfy { !isAlive($0.pid) })
        #expect(try await stack.status().processes.isEmpty)

        try stack.endWithThisProcess()
        #expect(try await stack.start() == first)
        #expect(try await stack.sql("SELECT answer FROM t") == "42\n")
        #expect(try await stack.management("GET", "/api/vhosts/kept").contains("kept"))
        try await remove(stack)
    }

    @Test("a killed server starts again on its port, with what was committed")
    func killedServers() async throws {
        let stack = try LocalStack.temporary()
        let addresses = try await stack.start()
        try await stack.sql("CREATE TABLE t AS SELECT 42 AS answer")
        try await stack.addVirtualHost("kept")

        try await stack.database.kill()
        #expect(!stack.database.isRunning && stack.broker.isRunning)
        try await stack.database.start()
        #expect(try await stack.sql("SELECT answer FROM t") == "42\n")

        try await stack.broker.kill()
        #expect(!stack.broker.isRunning && stack.database.isRunning)
        try await stack.broker.start()
        #expect(try await stack.management("GET", "/api/vhosts/kept").contains("kept"))
        #expect(try stack.addresses() == addresses)
        try await stack.stop()
    }

    @Test("a database stopped immediately starts again with what was committed; a memory alarm is raised and lifted")
    func immediateStopAndAlarm() async throws {
        let stack = try LocalStack.temporary()
        try await stack.start()
        try await stack.sql("CREATE TABLE t AS SELECT 42 AS answer")
        try await stack.database.stopImmediately()
        #expect(!stack.database.isRunning)
        try await stack.database.start()
        #expect(try await stack.sql("SELECT answer FROM t") == "42\n")

        func alarms() async throws -> String { try await stack.rabbitmqctl("eval", "rabbit_alarm:get_alarms().") }
        try await stack.raiseMemoryAlarm()
        #expect(try await alarms().contains("memory"))
        try await stack.liftMemoryAlarm()
        #expect(try await alarms() == "[]\n")
        try await stack.stop()
    }

    @Test("a frozen broker is running and not ready, until it thaws")
    func frozenBroker() async throws {
        let stack = try LocalStack.temporary()
        try await stack.start()
        try await stack.broker.freeze()
        #expect(stack.broker.isRunning)
        #expect(try await stack.status().brokerIsReady == false)
        try stack.broker.thaw()
        try await eventually { try await stack.status().brokerIsReady }
        try await stack.broker.freeze()
        try await stack.stop()
    }

    @Test("after everything was killed at once, and its records point at strangers, the stack starts with its data")
    func everythingKilled() async throws {
        let stack = try LocalStack.temporary()
        try await stack.start()
        try await stack.sql("CREATE TABLE t AS SELECT 42 AS answer")
        for process in try await stack.status().processes { kill(try #require(process.pid), SIGKILL) }
        // As if the numbers had been given to this very process meanwhile.
        for name in ["postgres", "rabbitmq", "epmd"] {
            try PrivateFile.write("\(getpid()) 1\n", to: stack.folder.record(name).path)
        }
        try await stack.start()
        #expect(try await stack.sql("SELECT answer FROM t") == "42\n")
        try await stack.stop()
    }

    @Test("a server whose record is lost is ended before another starts on its data")
    func lostRecord() async throws {
        let stack = try LocalStack.temporary()
        try await stack.start()
        let pids = try await stack.status().processes.compactMap(\.pid)
        try FileManager.default.removeItem(atPath: stack.folder.runPath)
        try await stack.start()
        #expect(pids.allSatisfy { !isAlive($0) })
        #expect(try await stack.sql("SELECT 1") == "1\n")
        try await stack.stop()
    }

    @Test("what an interrupted first start left is thrown away")
    func halfMade() async throws {
        let stack = try LocalStack.temporary()
        try stack.folder.create()
        let settings = try await StackSettings.make(for: stack.folder)
        for half in [settings.postgresFolder + ".new", settings.brokerFolder + "/mnesia/mendloop@localhost"] {
            try settings.account.makeFolder(half)
            try settings.account.write("half", to: half + "/PG_VERSION")
        }
        try await stack.start()
        #expect(try await stack.sql("SELECT 1") == "1\n")
        try await stack.stop()
    }

    @Test("a port that was taken while the stack was down is left to its taker")
    func takenPort() async throws {
        let stack = try lasting()
        let before = try await stack.start()
        try await stack.stop()
        let taker = try #require(listen(on: before.amqpPort))
        defer { close(taker) }
        try stack.endWithThisProcess()
        let after = try await stack.start()
        #expect(after.amqpPort != before.amqpPort)
        #expect(try await stack.status().brokerIsReady)
        try await remove(stack)
    }

    @Test("two stacks side by side leave each other alone")
    func sideBySide() async throws {
        let (left, right) = (try LocalStack.temporary(), try LocalStack.temporary())
        async let leftStart = left.start()
        let addresses = (try await right.start(), try await leftStart)
        #expect(addresses.0.amqpURL() != addresses.1.amqpURL())
        try await left.stop()
        let status = try await right.status()
        #expect(status.brokerIsReady && status.databaseIsReady)
        #expect(try await right.rabbitmqctl("list_vhosts", "--silent", "--no-table-headers") == "mendloop\n")
        try await right.stop()
        #expect(!FileManager.default.fileExists(atPath: left.path))
        #expect(!FileManager.default.fileExists(atPath: right.path))
    }

    @Test("a throwaway stack is gone after its owner was killed")
    func ownerKilled() async throws {
        let folder = try TemporaryFolder.make(prefix: "mendloop-owner-")
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            let stack = LocalStack(folder: folder + "/stack", purpose: .throwaway)
            try await stack.start()
            let pids = try await stack.status().processes.compactMap(\.pid).map(String.init)
            try PrivateFile.write(pids.joined(separator: " "), to: folder + "/pids")
            kill(getpid(), SIGKILL)
        }
        let pids = try #require(PrivateFile.read(folder + "/pids")).split(separator: " ").compactMap { Int32($0) }
        #expect(pids.count == 3)
        try await eventually { pids.allSatisfy { !isAlive($0) } }
        try await eventually { !FileManager.default.fileExists(atPath: folder + "/stack") }
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test("a lasting stack can be made to end with its owner, and keeps its data")
    func endsWithOwner() async throws {
        let folder = try TemporaryFolder.make(prefix: "mendloop-owner-")
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            let stack = LocalStack(folder: folder)
            try stack.endWithThisProcess()
            try await stack.start()
            try await stack.sql("CREATE TABLE t AS SELECT 42 AS answer")
            kill(getpid(), SIGKILL)
        }
        let stack = LocalStack(folder: folder)
        try await eventually { try await stack.status().processes.allSatisfy { $0.pid == nil } }
        try stack.endWithThisProcess()
        try await stack.start()
        #expect(try await stack.sql("SELECT answer FROM t") == "42\n")
        try await stack.stop()
        try FileManager.default.removeItem(atPath: folder)
    }

    private func lasting() throws -> LocalStack {
        // Of the lasting kind in all that is tested; still, a run that is killed shall leave no server behind.
        let stack = LocalStack(folder: try TemporaryFolder.make(prefix: "mendloop-stack-"))
        try stack.endWithThisProcess()
        return stack
    }

    private func remove(_ stack: LocalStack) async throws {
        try await stack.stop()
        try FileManager.default.removeItem(atPath: stack.path)
    }

    private func isAlive(_ pid: Int32?) -> Bool {
        guard let pid, let stat = ProcessStat(pid: pid) else { return false }
        return stat.state != "Z"
    }

    private func listen(on port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        guard Loopback.withAddress(port, { bind(descriptor, $0, $1) }) == 0, Glibc.listen(descriptor, 1) == 0 else {
            return nil
        }
        return descriptor
    }
}
