import ArgumentParser

/// Users of the broker for finance systems and ERPs; docs/finance.md says what they may do.
struct ConsumerVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consumer",
        abstract: "Give a finance system or an ERP its own user of the broker, another password, or none.",
        subcommands: [Add.self, List.self, Rotate.self, Remove.self])

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case finance, erp

        var kind: BrokerIdentity.Kind { self == .finance ? .finance : .erp }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the user, and print the address by which it comes in. It is told this once.")

        @OptionGroup var stack: Stack

        @Option(name: .long, help: "finance hears billing's events; erp those of inventory as well.")
        var kind = Kind.finance

        @Argument(help: "What it is to be called, one word.")
        var name: String

        func run() async throws { print(try await stack.identities().add(try .checked(kind.kind, name))) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who there is, and how often connected.")

        @OptionGroup var stack: Stack
        @OptionGroup var output: Output

        func run() async throws { try output.show(try await stack.identities().list([.finance, .erp])) }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print an address with another password; what came in by the old one is disconnected.")

        @OptionGroup var stack: Stack
        @Argument(help: "What it is called.")
        var name: String

        func run() async throws {
            let desk = try stack.identities()
            print(try await desk.rotate(try await desk.consumer(name)))
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take the user away, and disconnect it.")

        @OptionGroup var stack: Stack
        @Argument(help: "What it is called.")
        var name: String

        func run() async throws {
            let desk = try stack.identities()
            try await desk.remove(try await desk.consumer(name))
        }
    }
}

extension IdentityDesk {
    fileprivate func consumer(_ name: String) async throws -> BrokerIdentity {
        guard let kind = try await kind(ofConsumer: name) else {
            throw ValidationError("the broker has no consumer \(name); list says whom it has")
        }
        return try .checked(kind, name)
    }
}
