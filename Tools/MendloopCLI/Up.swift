import ArgumentParser

struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start everything that does not run yet, and print where it is.")

    @OptionGroup var stack: Stack

    @Option(name: .long, help: "How many copies of each service.")
    var copies = 1

    func validate() throws {
        guard (1...16).contains(copies) else { throw ValidationError("--copies is a number from 1 to 16") }
    }

    func run() async throws {
        try await stack.up(copies: copies)
        for (name, value) in try stack.variables() { print("\(name)=\(value)") }
    }
}
