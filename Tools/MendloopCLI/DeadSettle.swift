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

/// Which letters are meant: by number, or all that died of one reason.
struct LetterChoice: ParsableArguments {
    @Argument(help: "The service whose letters they are.")
    var service: ServiceName

    @Argument(help: "Their numbers in its list.")
    var ids: [Int] = []

    @Flag(name: .long, help: "All dead letters of the service that died of --reason.")
    var all = false

    @Option(name: .long, help: "The reason in the list, such as handler-failed.")
    var reason: String?

    @Flag(name: .long, help: "Say which it would be, and do nothing.")
    var dryRun = false

    @Option(name: .long, help: "Who decided, for the record; by default your user name.")
    var by: String?

    func validate() throws {
        switch (ids.isEmpty, all) {
        case (true, false):
            throw ValidationError("say which: numbers from ./mendloop dead list, or --all --reason CODE")
        case (false, true): throw ValidationError("numbers and --all do not go together")
        case (true, true) where reason == nil: throw ValidationError("--all needs --reason CODE")
        case (false, false) where reason != nil: throw ValidationError("--reason goes with --all")
        default: break
        }
    }

    /// The store takes at most a thousand at a time, so that a mass of them is paced.
    private static let portion = 1_000

    func settle(_ action: String, _ stack: Stack, _ output: Output) async throws {
        let door = try await stack.broker()
        var settled = DeadLettersSettled(action: action)
        var answer: DeadLettersSettled
        repeat {
            answer = try await door.settle(
                SettleDeadLetters(
                    action: action, ids: ids, reason: reason, dryRun: dryRun ? true : nil, by: by ?? Person.name),
                at: service)
            settled.ids += answer.ids
        } while all && !dryRun && answer.ids.count == Self.portion
        await door.close()

        let missing = ids.filter { !settled.ids.contains($0) }
        if output.isJSON {
            print(try Output.json(settled))
        } else {
            print(Self.text(settled, isTrial: dryRun))
        }
        guard missing.isEmpty else {
            Terminal.note(
                "neither dead nor parked in \(service.rawValue): " + missing.map(String.init).joined(separator: ", "))
            throw ExitCode.failure
        }
    }

    static func text(_ settled: DeadLettersSettled, isTrial: Bool) -> String {
        let past = settled.action == "replay" ? "replayed" : "discarded"
        let count = settled.ids.count
        let what = "\(count) \(count == 1 ? "message" : "messages")"
        let numbers = settled.ids.isEmpty ? "" : ": " + settled.ids.map(String.init).joined(separator: " ")
        return isTrial ? "would be \(past): \(what)\(numbers)" : "\(past) \(what)\(numbers)"
    }
}
