import ArgumentParser

struct Down: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Stop services and servers; the data stays.")

    @OptionGroup var stack: Stack

    func run() async throws {
        try await stack.local.stop()
        Terminal.note("nothing runs in \(stack.local.path)")
    }
}
