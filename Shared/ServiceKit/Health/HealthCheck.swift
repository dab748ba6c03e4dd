import FoundationEssentials

/// One thing that a service needs in order to be ready.
public struct HealthCheck: Sendable {
    /// As `/readyz` calls it: `database`, `broker`, `migration`.
    public let name: String
    /// Whom it asks, for the case that there is no answer.
    let asked: String?
    let timeout: Duration
    /// Whether the service is not ready without it; otherwise it is told of, and no more.
    let isVital: Bool
    let check: @Sendable () async throws -> String?

    /// - Parameters:
    ///   - asked: the address it asks, as people know it; named when there is no answer in time.
    ///   - timeout: after this (real) time the check counts as failed; the check is cancelled and has to heed that.
    ///   - isVital: false for what the service can do without for a while.
    ///   - check: throws when the thing is not there; may answer a detail to show, such as the schema's version.
    public init(
        _ name: String, asking asked: String? = nil, timeout: Duration = .seconds(2), isVital: Bool = true,
        check: @escaping @Sendable () async throws -> String?
    ) {
        self.name = name
        self.asked = asked
        self.timeout = timeout
        self.isVital = isVital
        self.check = check
    }

    func run() async -> HealthReport.Finding {
        do {
            return HealthReport.Finding(status: .ok, detail: try await answer(), reason: nil)
        } catch {
            return HealthReport.Finding(status: .failed, detail: nil, reason: String("\(error)".prefix(300)))
        }
    }

    /// The check's own answer or error, or a timeout.
    func answer() async throws -> String? {
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { try await check() }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw HealthCheckTimeout(asked: asked, after: timeout)
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}

/// A check gave no answer in time.
struct HealthCheckTimeout: Error, CustomStringConvertible {
    let asked: String?
    let after: Duration

    var description: String {
        "no answer \(asked.map { "from \($0) " } ?? "")within \(after.components.seconds) s"
    }
}

/// What `/readyz` answers, as JSON.
struct HealthReport: Codable, Equatable {
    enum Status: String, Codable { case ok, failed }

    struct Finding: Codable, Equatable {
        var status: Status
        /// What there is to tell of a thing that is in order.
        var detail: String?
        /// Why a thing is not in order.
        var reason: String?
    }

    var status: Status
    var service: String
    var instance: String
    var checks: [String: Finding]

    /// Runs all checks at once.
    static func of(_ checks: [HealthCheck], service: String, instance: String) async -> HealthReport {
        let findings = await withTaskGroup(of: (String, Finding).self) { group in
            for check in checks {
                group.addTask { (check.name, await check.run()) }
            }
            return await group.reduce(into: [String: Finding]()) { $0[$1.0] = $1.1 }
        }
        return HealthReport(
            status: checks.allSatisfy { !$0.isVital || findings[$0.name]?.status == .ok } ? .ok : .failed,
            service: service,
            instance: instance, checks: findings)
    }
}
