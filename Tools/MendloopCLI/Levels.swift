import ArgumentParser
import DomainContracts
import Foundation

/// Intake's service levels; docs/sla.md says how they are written.
struct Levels: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Service levels: show them, put others in force.", subcommands: [LevelsShow.self, LevelsSet.self])
}

struct LevelsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The service levels in force, as JSON that `levels set` takes.")

    @OptionGroup var stack: Stack

    @Option(name: .long, help: "An earlier version.")
    var version: Int?

    func run() async throws {
        let door = try await stack.broker()
        let answer = try await door.ask(ServiceLevelsQuery(policyVersion: version))
        await door.close()
        guard let levels = answer.serviceLevels else {
            throw ValidationError("there is no version \(answer.policyVersion) of the service levels")
        }
        let author = answer.publishedBy.map { " by \($0)" } ?? ""
        let origin = answer.publishedAt.map { "published \(Moment.text($0))\(author)" } ?? "came with Mendloop"
        Terminal.note("version \(answer.policyVersion), \(origin)")
        print(try Output.json(levels))
    }
}

struct LevelsSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Put service levels in force, for new work orders or for open ones too.")

    @OptionGroup var stack: Stack

    @Argument(help: "The file, as `levels show` prints it.", completion: .file())
    var file: String

    @Flag(name: .long, help: "Open clocks get the new targets too; what was paused stays taken out.")
    var applyToOpen = false

    @Option(name: .long, help: "Only if this version is in force still.")
    var expectedVersion: Int?

    func run() async throws {
        let levels = try JSONFile.read(ServiceLevelRules.self, from: file)
        let door = try await stack.broker()
        let answer = try await door.order(
            PublishServiceLevels(
                serviceLevels: levels, applyToOpen: applyToOpen, expectedVersion: expectedVersion))
        await door.close()
        print("version \(answer.version) is in force: \(levels.name)")
    }
}
