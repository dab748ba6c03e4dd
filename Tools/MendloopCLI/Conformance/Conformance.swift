import ArgumentParser
import Foundation

/// `./mendloop conformance web`: what docs/adapters.md says of it.
struct Conformance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Watch an adapter while it works, cut it off once, and say which rules of docs/adapters.md it keeps.",
        discussion: """
            Let the adapter run on a stack of its own for trying, under the user that `adapter add` made. Report something through \
            its channel, deliver the same thing to it twice, let it send a notification. Ends with 1 where a rule was broken.
            """)

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "The adapter's channel: web, wechat, email.")
    var channel: String?

    @Option(name: .long, help: "Instead of its channel, its user on the broker, as adapter list has it: adapter-web.")
    var adapterUser: String?

    @Option(name: .long, help: "How many messages of its to look at.")
    var count = 10

    @Option(name: .long, help: "How long to wait for the next one, and for what follows the last, seconds.")
    var patience = 120.0

    @Flag(name: .long, inversion: .prefixedNo, help: "Cut it off from the broker after half of them.")
    var cut = true

    /// The adapter that is meant.
    func identity() throws -> BrokerIdentity {
        let named = try adapterUser.map { user in
            guard user.hasPrefix("adapter-") else {
                throw ValidationError(
                    "--adapter-user is a user that adapter add made, adapter-CHANNEL; \(user) is none")
            }
            return try BrokerIdentity.checked(.adapter, String(user.dropFirst("adapter-".count)))
        }
        guard let identity = try channel.map({ try BrokerIdentity.checked(.adapter, $0) }) ?? named else {
            throw ValidationError("say which adapter: its channel, or --adapter-user")
        }
        if let named, named != identity {
            throw ValidationError("\(named.user) is not the user of channel \(identity.name)")
        }
        return identity
    }

    func validate() throws {
        _ = try identity()
        guard count >= 1 else { throw ValidationError("--count is a number from 1") }
        guard patience >= 1 else { throw ValidationError("--patience is seconds, from 1") }
    }

    func run() async throws {
        let identity = try identity()
        let desk = try stack.identities()
        guard try await desk.management.users().contains(where: { $0.name == identity.user }) else {
            throw ValidationError("the broker has no \(identity.user): ./mendloop adapter add \(identity.name)")
        }
        let judge = try await ConformanceBench(identity, desk).run(
            count: count, patience: patience, cuts: cut, Terminal.note)
        if output.isJSON { print(try Output.json(judge.report)) } else { print(Self.text(judge.report)) }
        if !judge.isKept { throw ExitCode(1) }
    }

    private static func text(_ findings: [ConformanceFinding]) -> String {
        let rows = findings.map { finding in
            let mark = finding.broken > 0 ? "✗" : finding.kept > 0 ? "✓" : "–"
            return [mark, finding.rule.rawValue, "\(finding.kept)", "\(finding.broken)", finding.rule.words]
        }
        let table = TextTable(head: ["", "RULE", "KEPT", "BROKEN", "WHAT"], rows: rows).text
        let breaches = findings.flatMap { finding in finding.breaches.map { "  \(finding.rule.rawValue): \($0)" } }
        let unseen = findings.filter { $0.kept + $0.broken == 0 }.map(\.rule.rawValue)
        return
            ([table] + (breaches.isEmpty ? [] : ["", "What was wrong:"] + breaches)
            + (unseen.isEmpty ? [] : ["", "Never seen: " + unseen.joined(separator: ", ")])).joined(separator: "\n")
    }
}
