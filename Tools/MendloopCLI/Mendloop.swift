import ArgumentParser

/// The command-line tool that `./mendloop` builds and hands over to. One file per verb.
@main
struct Mendloop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mendloop",
        abstract: "After-sales and field service, from the repair report to the closed, settled, rated work order.",
        discussion: """
            On a developer's machine all of it runs privately: PostgreSQL and RabbitMQ in the folder .mendloop, on free \
            ports of the loopback interface.
            """,
        subcommands: [
            Demo.self, Simulate.self, Up.self, Down.self, Status.self, Doctor.self, ConfigVerb.self, Env.self,
            Token.self, UserVerb.self, Migrate.self, Listen.self, Trigger.self, Story.self, Decisions.self,
            Candidates.self, Board.self, Requests.self, Rules.self, Explain.self, Levels.self, Calendars.self,
            Plans.self, Find.self, Import.self, Export.self, Erase.self, CustomerShow.self, DeviceShow.self,
            ReadModelsVerb.self, AdapterVerb.self, ConsumerVerb.self, PrepareBroker.self, Conformance.self,
            Dead.self, BackupVerb.self, RestoreVerb.self, Route.self, Bench.self,
        ])
}
