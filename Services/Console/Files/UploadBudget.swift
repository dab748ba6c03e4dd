import DomainContracts

/// How much may come from one address within an hour from people whom nobody knows. Bytes count as they come in, whether a file is
/// taken or not. A copy of console counts for itself.
struct UploadBudget: Sendable {
    private let limiter: RateLimiter
    private let mostBytes: Int

    /// - Parameters:
    ///   - bytesAnHour: 0 sets no limit.
    ///   - mostBytes: of one file, which passes in any case when nothing came before it.
    init(bytesAnHour: Int, mostBytes: Int) {
        limiter = RateLimiter(bytesAnHour: bytesAnHour == 0 ? 0 : max(bytesAnHour, mostBytes))
        self.mostBytes = mostBytes
    }

    static let none = UploadBudget(bytesAnHour: 0, mostBytes: 0)

    /// Begins to count what comes with a call.
    ///
    /// - Returns: what is told of each part how many bytes it has, and throws `DoorRefusal` where they are too many.
    /// - Throws: `DoorRefusal` where the file, as it is announced, is larger than what is left.
    func begin(_ call: Call) throws(DoorRefusal) -> @Sendable (Int) throws -> Void {
        guard call.principal == nil else { return { _ in } }
        let client = "address/\(call.exchange.address)"
        let announced = call.exchange.header("Content-Length").flatMap { Int($0) }.map { min($0, mostBytes) }
        if let announced, let seconds = limiter.wait(of: client, for: announced, takes: false) {
            throw .tooMuch(retryAfter: seconds)
        }
        return { [limiter, mostBytes] bytes in
            guard limiter.wait(of: client, for: bytes) != nil else { return }
            throw DoorRefusal.tooMuch(
                retryAfter: limiter.wait(of: client, for: announced ?? mostBytes, takes: false) ?? 1)
        }
    }
}

extension DoorRefusal {
    fileprivate static func tooMuch(retryAfter seconds: Int) -> DoorRefusal {
        DoorRefusal(
            problem: Problem(
                code: "too-much-sent", title: "Too many files have come from this address",
                detail: "try again in \(seconds) s", status: 429),
            headers: ["Retry-After": "\(seconds)"])
    }
}
