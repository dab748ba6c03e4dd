import ArgumentParser
import DomainContracts
import Foundation

struct DeadList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every message that is not handled, and why; newest first.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output
    @OptionGroup var choice: LetterOptions

    @Option(
        name: .long,
        help: "One service only: \((ServiceName.allCases + [.console]).map(\.rawValue).joined(separator: ", ")).")
    var service: ServiceName?

    @Option(name: .long, help: "dead, parked, refused, discarded or all. By default those dead and those parked.")
    var state: DeadState?

    @Option(name: .long, help: "At most so many of each service, 1 to 500.")
    var limit = 100

    func validate() throws {
        guard (1...500).contains(limit) else { throw ValidationError("--limit is a number from 1 to 500") }
    }

    func run() async throws {
        let door = try await stack.broker()
        var listings: [DeadListing] = []
        var silent: [String] = []
        let story = try await choice.story?.resolve(door)
        for name in service.map({ [$0] }) ?? door.services {
            do {
                listings.append(try await listing(of: name, story, door))
            } catch let fault as BrokerFault {
                silent.append("\(fault)")
            }
        }
        await door.close()
        if output.isJSON {
            print(try Output.json(listings))
        } else if !listings.isEmpty {
            print(DeadListing.text(listings))
        }
        for fault in silent { Terminal.note(fault) }
        if !silent.isEmpty { throw ExitCode.failure }
    }

    private func listing(of service: ServiceName, _ story: UUID?, _ door: BrokerDoor) async throws -> DeadListing {
        let states = state.map { $0 == .all ? [nil] : [$0.rawValue] } ?? ["dead", "parked"]
        var listing = DeadListing(service: service.rawValue, counts: [:], matching: 0, letters: [])
        for state in states {
            let answer: DeadLetters = try await door.ask(
                service, Operations.dead,
                DeadLettersQuery(
                    state: state, reason: choice.reason, type: choice.type, story: story, since: choice.since,
                    until: choice.until, limit: limit))
            listing.counts = answer.counts
            listing.matching += answer.matching ?? answer.letters.count
            listing.letters += answer.letters
        }
        listing.letters.sort { $0.id > $1.id }
        return listing
    }
}

/// The letters of one service, as listed.
struct DeadListing: Codable, Equatable {
    var service: String
    /// All of the service's, by state, listed or not.
    var counts: [String: Int]
    /// As many as were asked for, listed or not.
    var matching: Int
    var letters: [DeadLetter]

    static func text(_ listings: [DeadListing]) -> String {
        var table = TextTable(head: [
            "SERVICE", "ID", "STATE", "REASON", "SINCE", "TRIES", "NEXT TRY", "MESSAGE", "DETAIL",
        ])
        for listing in listings {
            for letter in listing.letters {
                table.rows.append([
                    listing.service, "\(letter.id)", letter.state, letter.reason, Moment.text(letter.parkedAt),
                    "\(letter.attempts)", letter.nextAttemptAt.map(Moment.time) ?? "-",
                    letter.type ?? letter.routingKey,
                    letter.detail.shortened(to: 60),
                ])
            }
        }
        guard !table.rows.isEmpty else { return "nothing: " + tally(listings) }
        let matching = listings.reduce(0) { $0 + $1.matching }
        let more = matching > table.rows.count ? "the newest \(table.rows.count) of \(matching); in all " : ""
        return table.text + "\n\n" + more + tally(listings) + "\nmore of one: ./mendloop dead show SERVICE ID"
    }

    private static func tally(_ listings: [DeadListing]) -> String {
        var sums: [String: Int] = [:]
        for listing in listings { sums.merge(listing.counts, uniquingKeysWith: +) }
        return ["dead", "parked", "refused", "discarded"].map { "\(sums[$0] ?? 0) \($0)" }.joined(separator: ", ")
    }
}

/// Times for people, in UTC as everywhere in Mendloop.
enum Moment {
    /// `2026-11-21 01:12:00`
    static func text(_ date: Date) -> String { String(RFC3339.format(date).prefix(19)).replacing("T", with: " ") }
    /// `01:12:00`
    static func time(_ date: Date) -> String { String(RFC3339.format(date).dropFirst(11).prefix(8)) }
    /// `01:12:00.123`
    static func exactTime(_ date: Date) -> String { String(RFC3339.format(date).dropFirst(11).prefix(12)) }
}
