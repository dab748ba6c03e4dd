import ArgumentParser
import DomainContracts
import Foundation

/// Which letters a verb is about, beside their numbers.
struct LetterOptions: ParsableArguments {
    @Option(name: .long, help: "Why they are not handled: the reason in the list, such as handler-failed.")
    var reason: String?

    @Option(name: .long, help: "What they are: intake.report-repair, or the whole type.")
    var type: String?

    @Option(name: .long, help: "Those of one work order: its number, its request's number, or its id.")
    var story: WorkOrderReference?

    @Option(name: .long, help: "Parked then or later: 2026-11-21T08:00:00+08:00.")
    var since: Date?

    @Option(name: .long, help: "Parked before then.")
    var until: Date?

    var isEmpty: Bool { reason == nil && type == nil && story == nil && since == nil && until == nil }
}
