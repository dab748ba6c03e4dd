import Foundation

/// What the broker does with queues, which an operator may change while it runs. Of each only a beginning is said here: one that
/// is on the broker already stays as somebody has set it.
struct BrokerPolicy: Encodable {
    var name: String
    var pattern: String
    var applyTo = "queues"
    var priority = 10
    var definition: [String: String]

    private enum CodingKeys: String, CodingKey {
        case pattern, priority, definition
        case applyTo = "apply-to"
    }

    static let all = [
        // Without it the stream grows for ever. By whole segments, the oldest first.
        BrokerPolicy(name: "billing-log", pattern: #"^mendloop\.billing\.log$"#, definition: ["max-age": "400D"])
    ]
}

extension BrokerManagement {
    /// Sets the policies that are missing, and answers which those are.
    @discardableResult
    func setMissingPolicies() async throws -> [BrokerPolicy] {
        var missing: [BrokerPolicy] = []
        for policy in BrokerPolicy.all where try await setUnlessThere(policy) { missing.append(policy) }
        return missing
    }

    /// Whether it did.
    private func setUnlessThere(_ policy: BrokerPolicy) async throws -> Bool {
        let path = "api/policies/\(Self.encoded(virtualHost))/\(Self.encoded(policy.name))"
        do {
            try await send("GET", path)
            return false
        } catch BrokerManagementFault.answered(404, _) {
            try await send("PUT", path, try JSONEncoder().encode(policy))
            return true
        }
    }
}
