import ArgumentParser
import DomainContracts

struct DeadReplay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Have dead or parked messages handled again, under their own ids.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output
    @OptionGroup var choice: LetterChoice

    func run() async throws { try await choice.settle("replay", stack, output) }
}

struct DeadDiscard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard", abstract: "Take dead or parked messages for settled; they stay in the record.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output
    @OptionGroup var choice: LetterChoice

    func run() async throws { try await choice.settle("discard", stack, output) }
}

/// Which letters are meant: by number, or all dead ones that are as the options say.
struct LetterChoice: ParsableArguments {
    @Argument(help: "The service whose letters they are.")
    var service: ServiceName

    @Argument(help: "Their numbers in its list.")
    var ids: [Int] = []

    @Flag(
        name: .long,
        help: "All dead letters of the service that are as --reason, --type, --story, --since, --until say.")
    var all = false

    @OptionGroup var options: LetterOptions

    @Flag(name: .long, help: "Say how many it would be and which, and do nothing.")
    var dryRun = false

    @Option(name: .long, help: "Who decided, for the record; by default your user name.")
    var by: String?

    func validate() throws {
        switch (ids.isEmpty, all) {
        case (true, false):
            throw ValidationError(
                "say which: numbers from ./mendloop dead list, or --all with --reason CODE or the like")
        case (false, true): throw ValidationError("numbers and --all do not go together")
        case (true, true) where options.isEmpty:
            throw ValidationError("--all needs --reason, --type, --story, --since or --until")
        case (false, false) where !options.isEmpty: throw ValidationError("--reason and the like go with --all")
        default: break
        }
    }

    func settle(_ action: String, _ stack: Stack, _ output: Output) async throws {
        let door = try await stack.broker()
        let mass = LetterMass(
            service: service, door: door,
            command: SettleDeadLetters(
                action: action, ids: ids, reason: options.reason, type: options.type,
                story: try await options.story?.resolve(door), since: options.since, until: options.until,
                dryRun: dryRun ? true : nil, by: by ?? Person.name))
        let outcome: LetterMass.Outcome
        do {
            outcome = try await all && !dryRun ? mass.settleAll(Terminal.note) : mass.settleOnce()
        } catch {
            await door.close()
            throw error
        }
        await door.close()

        let missing = ids.filter { !outcome.settled.ids.contains($0) }
        if output.isJSON {
            print(try Output.json(outcome.settled))
        } else {
            print(Self.text(outcome, isTrial: dryRun))
        }
        guard missing.isEmpty else {
            Terminal.note(
                "neither dead nor parked in \(service.rawValue): " + missing.map(String.init).joined(separator: ", "))
            throw ExitCode.failure
        }
        if outcome.isBroken { throw ExitCode.failure }
    }

    /// As many numbers as are named.
    private static let named = 100

    static func text(_ outcome: LetterMass.Outcome, isTrial: Bool) -> String {
        let settled = outcome.settled
        let past = settled.action == "replay" ? "replayed" : "discarded"
        let count = isTrial ? settled.matching ?? settled.ids.count : settled.ids.count
        let what = "\(count) \(count == 1 ? "message" : "messages")"
        let more = count > named ? " …" : ""
        let numbers =
            settled.ids.isEmpty ? "" : ": " + settled.ids.prefix(named).map(String.init).joined(separator: " ") + more
        let failed = outcome.failed > 0 ? "; \(outcome.failed) of them failed again" : ""
        return (isTrial ? "would be \(past): \(what)\(numbers)" : "\(past) \(what)\(numbers)") + failed
    }
}
