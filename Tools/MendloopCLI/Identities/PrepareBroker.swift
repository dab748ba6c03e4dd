import ArgumentParser
import Foundation
import ServiceKit

/// What a deployment's `migrate` does at the broker beside exchanges and queues: `deploy/migrate-all`.
struct PrepareBroker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare-broker",
        abstract:
            "Give the services a user of the broker that is no administrator, and the billing log an end; safe to repeat.",
        discussion: """
            The user's password is MENDLOOP_RABBITMQ_SERVICES_PASSWORD. Of one that is there the password is set anew, and what it \
            may do. A policy named billing-log keeps 400 days of the stream; one of that name that is there is left as it is. A private \
            stack does without: its services are the administrator. docs/deploy.md.
            """)

    @OptionGroup var stack: Stack

    func run() async throws {
        let password = try Settings().string(
            "MENDLOOP_RABBITMQ_SERVICES_PASSWORD",
            expected: "the password that the services' user of the broker is to have")
        let management = try stack.identities().management
        try await management.answers()
        try await management.admitServices(password: BrokerPassword(password))
        Terminal.note("the broker has the user \(ServicesUser.name), and it is no administrator")
        if try await management.add(.billingLog) {
            Terminal.note("the stream of billing's events keeps 400 days of them (policy billing-log)")
        }
    }
}

extension BrokerManagement {
    /// Waits half a minute at most: a broker that has just started takes messages before it opens this interface.
    func answers() async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            do {
                _ = try await users()
                return
            } catch BrokerManagementFault.unreachable(let reason) {
                guard ContinuousClock.now < deadline else { throw BrokerManagementFault.unreachable(reason) }
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    /// Makes the user of the services, or gives the one there is this password, and says what it may do.
    func admitServices(password: BrokerPassword) async throws {
        try await put(
            "api/users/\(ServicesUser.name)",
            BrokerDefinitions.User(name: ServicesUser.name, hash: password.hash, tags: ""))
        try await put(
            "api/permissions/\(Self.encoded(virtualHost))/\(ServicesUser.name)",
            BrokerDefinitions.Permission(
                user: ServicesUser.name, vhost: virtualHost, configure: ServicesUser.configure,
                write: ServicesUser.write, read: ServicesUser.read))
    }
}

/// A rule by which the broker holds queues to something that may be changed while it runs.
struct BrokerPolicy: Encodable {
    let name: String
    let pattern: String
    let definition: [String: String]
    private let priority = 10
    private let queues = "queues"

    private enum CodingKeys: String, CodingKey {
        case pattern, definition, priority
        case queues = "apply-to"
    }

    /// Without it the stream grows until the disk is full.
    static let billingLog = BrokerPolicy(
        name: "billing-log", pattern: "^mendloop\\.billing\\.log$", definition: ["max-age": "400D"])
}

extension BrokerManagement {
    private struct Named: Decodable { var name: String }

    /// Adds a policy, unless there is one of its name: an operator may have changed it.
    ///
    /// - Returns: whether it was added.
    func add(_ policy: BrokerPolicy) async throws -> Bool {
        let place = "api/policies/\(Self.encoded(virtualHost))"
        let there: [Named] = try await get(place)
        guard !there.contains(where: { $0.name == policy.name }) else { return false }
        try await put("\(place)/\(policy.name)", policy)
        return true
    }
}
