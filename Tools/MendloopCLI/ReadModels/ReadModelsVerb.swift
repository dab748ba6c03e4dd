import ArgumentParser
import DomainContracts

/// What console gathers from all services; docs/http.md.
struct ReadModelsVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read-models",
        abstract: "What console has gathered from all services: look how whole it is, build it anew.",
        subcommands: [ReadModelsShow.self, ReadModelsRebuild.self], defaultSubcommand: ReadModelsShow.self)
}

struct ReadModelsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "What they hold, and how far each service's past has been read.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    func run() async throws {
        let door = try await stack.broker()
        let models = try await door.ask(ReadModelsQuery())
        await door.close()
        print(output.isJSON ? try Output.json(models) : Self.text(models))
    }

    static func text(_ models: ReadModelsAnswer) -> String {
        var table = TextTable(head: ["SERVICE", "POSITION", "PAST"])
        for source in models.sources {
            table.rows.append([source.service, "\(source.position)", source.isWhole ? "read" : "being read"])
        }
        return table.text
            + "\n\n\(models.customers) customers, \(models.devices) devices, \(models.workOrders) work orders, "
            + "\(models.lines) lines of their stories"
    }
}

struct ReadModelsRebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Empty them and build them anew from what the services have told. Answers grow whole meanwhile.")

    @OptionGroup var stack: Stack

    func run() async throws {
        let door = try await stack.broker()
        _ = try await door.order(RebuildReadModels())
        await door.close()
        print("emptied; the past is being read: ./mendloop read-models")
    }
}
