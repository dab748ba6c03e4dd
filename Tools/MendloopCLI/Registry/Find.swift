import ArgumentParser
import DomainContracts
import Foundation

/// Search in the registry.
struct Find: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find customers, contacts, sites, devices and work orders by a name, a word, a number or its end.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "What to look for: two characters or more; every word must be found.")
    var text: [String]

    @Option(
        name: .long,
        help: "Only this kind: \(RegistryKind.known.map(\.rawValue).joined(separator: ", ")); may be repeated.")
    var kind: [String] = []

    @Option(name: .long, help: "How many, 1 to 100.")
    var limit = 20

    @Option(name: .long, help: "Where the last answer ended, as it says itself.")
    var cursor: String?

    func run() async throws {
        let door = try await stack.broker()
        let answer = try await door.ask(
            SearchRegistry(
                text: text.joined(separator: " "), kinds: kind.map(RegistryKind.init), limit: limit, cursor: cursor))
        await door.close()
        print(output.isJSON ? try Output.json(answer) : answer.text)
    }
}

extension SearchRegistryAnswer {
    fileprivate var text: String {
        guard !hits.isEmpty else { return "nothing found" }
        var table = TextTable(head: ["KIND", "TITLE", "MATCH", "ID", "DETAIL"])
        for hit in hits {
            table.rows.append([
                hit.kind.rawValue, hit.title.shortened(to: 40), hit.match.rawValue, hit.id.text,
                (hit.detail ?? "").shortened(to: 60),
            ])
        }
        return table.text + (cursor.map { "\n\nmore: --cursor \($0)" } ?? "")
    }
}
