import DomainContracts
import Foundation
import Passwords
import Synchronization

/// Where passwords are hashed: on threads of their own, few at once, so that however many sign in, the door answers everybody else.
final class HashBench: Sendable {
    private let queue: OperationQueue
    private let waiting = Mutex(0)
    private let mostWaiting: Int

    /// - Parameters:
    ///   - atOnce: how many are hashed side by side; each takes a processor for tenths of a second, and 32 MiB.
    ///   - mostWaiting: how many wait or are hashed; whoever comes then is told to come again.
    init(atOnce: Int = 2, mostWaiting: Int = 40) {
        queue = OperationQueue()
        queue.maxConcurrentOperationCount = atOnce
        self.mostWaiting = mostWaiting
    }

    func hash(_ password: String, cost: PasswordHash.Cost, salt: [UInt8]? = nil) async throws -> PasswordHash {
        try await run { try PasswordHash(of: password, cost: cost, salt: salt) }
    }

    func verifies(_ password: String, _ hash: PasswordHash) async throws -> Bool {
        try await run { hash.verifies(password) }
    }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let hasPlace = waiting.withLock { waiting in
            guard waiting < mostWaiting else { return false }
            waiting += 1
            return true
        }
        guard hasPlace else { throw DoorRefusal.tooMany(retryAfter: 1) }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try work() }) }
        }
    }
}
