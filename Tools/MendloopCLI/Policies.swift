import ArgumentParser

/// What `migrate-all` calls where the management interface is named.
struct Policies: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Set the broker's policies that are missing, such as how long billing's stream keeps what it has; one that is there stays."
    )

    @OptionGroup var stack: Stack

    func run() async throws {
        let missing = try await stack.identities().management.setMissingPolicies()
        Terminal.note(missing.isEmpty ? "no policy is missing" : "set \(missing.map(\.name).joined(separator: ", "))")
    }
}
