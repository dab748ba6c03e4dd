import ArgumentParser

struct Env: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the stack's addresses as shell assignments: eval \"$(./mendloop env)\"")

    @OptionGroup var stack: Stack

    func run() async throws {
        for (name, value) in try stack.variables() { print("export \(name)='\(value)'") }
    }
}
