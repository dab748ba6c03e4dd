import ArgumentParser
import DomainContracts
import Foundation

/// Dispatch's rule sets; docs/rules.md says how they are written.
struct Rules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Dispatch's rules: show them, put others in force, try a draft on what has been.",
        subcommands: [RulesShow.self, RulesSet.self, RulesSimulate.self])
}

struct RulesShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The rule set in force, as JSON that `rules set` takes.")

    @OptionGroup var stack: Stack

    @Option(name: .long, help: "An earlier version.")
    var version: Int?

    func run() async throws {
        let door = try await stack.broker()
        let answer = try await door.ask(RulesQuery(ruleSetVersion: version))
        await door.close()
        guard let rules = answer.rules else {
            throw ValidationError("there is no version \(answer.ruleSetVersion) of the rules")
        }
        let author = answer.publishedBy.map { " by \($0)" } ?? ""
        let origin = answer.publishedAt.map { "published \(Moment.text($0))\(author)" } ?? "came with Mendloop"
        Terminal.note("version \(answer.ruleSetVersion), \(origin)")
        print(try Output.json(rules))
    }
}

struct RulesSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Put a rule set in force. What is offered already stays.")

    @OptionGroup var stack: Stack

    @Argument(help: "The file, as `rules show` prints it.", completion: .file())
    var file: String

    @Option(name: .long, help: "Only if this version is in force still.")
    var expectedVersion: Int?

    func run() async throws {
        let rules = try JSONFile.read(DispatchRules.self, from: file)
        let door = try await stack.broker()
        let answer = try await door.order(SetRules(rules: rules, expectedVersion: expectedVersion))
        await door.close()
        print("version \(answer.version) is in force: \(rules.name)")
    }
}
