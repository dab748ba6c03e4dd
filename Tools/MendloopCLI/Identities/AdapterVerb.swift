import ArgumentParser

/// Users of the broker for channel adapters; docs/adapters.md says what they may do.
struct AdapterVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapter",
        abstract: "Give a channel's adapter its own user of the broker, another password, or none.",
        subcommands: [Add.self, List.self, Rotate.self, Remove.self])

    /// `web` as in `intake.report-repair.web`.
    struct Channel: ParsableArguments {
        @Argument(help: "The channel that it speaks for, one word: web, wechat, email.")
        var channel: String

        func identity() throws -> BrokerIdentity { try .checked(.adapter, channel) }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the user, and print the address by which the adapter comes in. It is told this once.")

        @OptionGroup var stack: Stack
        @OptionGroup var channel: Channel

        func run() async throws { print(try await stack.identities().add(try channel.identity())) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who there is, and how often connected.")

        @OptionGroup var stack: Stack
        @OptionGroup var output: Output

        func run() async throws { try output.show(try await stack.identities().list([.adapter])) }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print an address with another password; what came in by the old one is disconnected.")

        @OptionGroup var stack: Stack
        @OptionGroup var channel: Channel

        func run() async throws { print(try await stack.identities().rotate(try channel.identity())) }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take the user away, and disconnect it.")

        @OptionGroup var stack: Stack
        @OptionGroup var channel: Channel

        func run() async throws { try await stack.identities().remove(try channel.identity()) }
    }
}

extension BrokerIdentity {
    /// - Throws: what a name must be.
    static func checked(_ kind: Kind, _ name: String) throws -> BrokerIdentity {
        guard let identity = BrokerIdentity(kind, name) else {
            throw ValidationError("\(name) must be 1 to 40 lowercase letters, digits and -, a letter first")
        }
        return identity
    }
}

extension Output {
    func show(_ listed: [IdentityDesk.Listed]) throws {
        if isJSON { return print(try Output.json(listed)) }
        guard !listed.isEmpty else { return print("there are none; add makes one") }
        print(
            TextTable(
                head: ["USER", "KIND", "CONNECTIONS"], rows: listed.map { [$0.user, $0.kind, "\($0.connections)"] }
            ).text)
    }
}
