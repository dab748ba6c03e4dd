import ArgumentParser

struct ConfigVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Settings: look them over before anything is started with them.",
        subcommands: [ConfigCheck.self])
}
