import Foundation

/// Lets one operation at a time work in a stack's folder, across processes; the kernel lets go when its holder dies.
enum FolderLock {
    static func hold<Value: Sendable>(
        _ path: String, _ work: () async throws -> Value
    ) async throws -> Value {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StackError.system("opening \(path)", errno: errno) }
        defer { close(descriptor) }
        try await onOwnThread {
            while flock(descriptor, LOCK_EX) != 0 {
                guard errno == EINTR else { throw StackError.system("locking \(path)", errno: errno) }
            }
        }
        return try await work()
    }
}
