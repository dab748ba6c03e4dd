import ArgumentParser
import DomainContracts

struct Dead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, show, replay and discard messages that could not be handled.",
        discussion: """
            A message whose handler fails is parked and tried again at growing intervals, and dead after the last. One \
            that cannot be read is dead at once. A replayed message keeps its id: nothing it did before is done twice.
            """,
        subcommands: [DeadList.self, DeadShow.self, DeadReplay.self, DeadDiscard.self], defaultSubcommand: DeadList.self
    )
}

extension ServiceName: ExpressibleByArgument {}

/// Which messages a listing is about.
enum DeadState: String, ExpressibleByArgument, CaseIterable {
    case dead, parked, refused, discarded, all
}
