import Foundation
import LocalStack
import ServiceKit
import AMQP
import ServiceTesting

@testable import MendloopCLI

/// The finance example with a file and a user of its own.
final class BookKeeper {
    private static let python = URL(fileURLWithPath: "/usr/bin/python3")
    private static let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "examples/finance/book_keeper.py").path

    /// Where it hears entries.
    let queue: String
    private let address: String
    private let file = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString).sqlite")
        .path
    private var companion: Companion?

    /// - Parameter broker: the address of a virtual host, with anybody's name.
    convenience init(_ broker: String) async throws {
        let host = try AMQPConfiguration(url: broker, connectionName: "test").virtualHost
        try await self.init(hiredBy: try IdentityDesk.of(try await TestStack.shared, virtualHost: host))
    }

    convenience init(hiredBy desk: IdentityDesk) async throws {
        let identity = try BrokerIdentity.checked(.finance, "books-" + UUID().uuidString.prefix(8).lowercased())
        self.init(queue: identity.queue, address: try await desk.add(identity))
    }

    private init(queue: String, address: String) {
        self.queue = queue
        self.address = address
    }

    /// The same user with another, empty book.
    func beside() throws -> BookKeeper { BookKeeper(queue: queue, address: address) }

    /// Keeps the book until it is killed; returns once its queue is there.
    func start() throws {
        companion = try Companion(
            Self.python, [Self.program, "keep", "--file", file, "--idle", "0.5"],
            environment: ["MENDLOOP_AMQP_URL": address])
    }

    func kill() {
        companion?.kill()
        companion = nil
    }

    func restart() throws {
        kill()
        try start()
    }

    func run(_ what: String) async throws -> (status: Int32, output: String) {
        try await python([Self.program, what, "--file", file])
    }

    /// Ids and numbers of its entries, by number.
    func held() async throws -> [String] {
        let program = "for row in book.execute('SELECT entry_id, sequence FROM entry ORDER BY sequence'): print(*row)"
        return try await sql(program).output.split(separator: "\n").map(String.init)
    }

    /// One entry is lost.
    func forget() async throws {
        _ = try await sql(
            "book.execute('DELETE FROM line WHERE entry_id IN (SELECT entry_id FROM entry WHERE sequence = 7)')")
    }

    private func sql(_ program: String) async throws -> (status: Int32, output: String) {
        try await python(["-c", "import sqlite3; book = sqlite3.connect('\(file)', isolation_level=None)\n\(program)"])
    }

    private func python(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        try await OutsideProgram(
            program: Self.python, environment: ["MENDLOOP_AMQP_URL": address]
        ).run(arguments)
    }

    func remove() {
        kill()
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) }
    }

    deinit { remove() }
}
