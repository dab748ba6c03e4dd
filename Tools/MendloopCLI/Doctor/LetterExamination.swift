import DomainContracts
import Foundation

/// Messages that are not handled, by service and reason, each with what is to be done about its kind.
struct LetterExamination {
    struct Pile: Equatable {
        var service: String
        var reason: String
        var count: Int
        /// Of the newest of them.
        var detail: String
        var id: Int
    }

    var dead: [Pile] = []
    /// Messages that failed and will be tried again: more than a few of a kind tell of a fault.
    var parked: [Pile] = []
    /// Services that did not say.
    var silent: [String] = []

    static func of(_ services: Set<ServiceName>, _ door: BrokerDoor) async -> LetterExamination {
        var found = LetterExamination()
        for service in services.sorted(by: { $0.rawValue < $1.rawValue }) {
            do {
                for state in ["dead", "parked"] {
                    let answer: DeadLetters = try await door.ask(
                        service, Operations.dead, DeadLettersQuery(state: state, limit: 500))
                    var piles = piles(of: answer.letters, service.rawValue)
                    // Of more than are listed, each pile is counted by itself.
                    for index in piles.indices where answer.matching ?? 0 > answer.letters.count {
                        let whole: DeadLetters = try await door.ask(
                            service, Operations.dead,
                            DeadLettersQuery(state: state, reason: piles[index].reason, limit: 1))
                        piles[index].count = whole.matching ?? piles[index].count
                    }
                    if state == "dead" { found.dead += piles } else { found.parked += piles }
                }
            } catch {
                found.silent.append(service.rawValue)
            }
        }
        return found
    }

    private static func piles(of letters: [DeadLetter], _ service: String) -> [Pile] {
        Dictionary(grouping: letters, by: \.reason).sorted { $0.key < $1.key }.compactMap { reason, letters in
            letters.max { $0.id < $1.id }.map {
                Pile(service: service, reason: reason, count: letters.count, detail: $0.detail, id: $0.id)
            }
        }
    }

    var findings: [DoctorReport.Finding] {
        var findings = dead.map { pile in
            DoctorReport.Finding.wrong("letters", Self.words(pile, "dead"), Self.remedy(of: pile))
        }
        for pile in parked where pile.reason != "not-yet" {
            findings.append(
                .doubtful(
                    "letters", Self.words(pile, "waiting for another try"),
                    "remove the cause before the last of five tries; ./mendloop dead show \(pile.service) \(pile.id)"))
        }
        findings += silent.map { .unseen("letters", "\($0) did not answer", "./mendloop status") }
        return findings.isEmpty ? [.well("letters", "none is dead, none failed")] : findings
    }

    private static func words(_ pile: Pile, _ state: String) -> String {
        let number = pile.count == 1 ? "one message" : "\(pile.count) messages"
        return "\(pile.service) has \(number) \(state), \(pile.reason): \(pile.detail.shortened(to: 160))"
    }

    private static func remedy(of pile: Pile) -> String {
        remedy(pile.reason, of: "\(pile.service) --all --reason \(pile.reason)", shown: "\(pile.service) \(pile.id)")
    }

    /// What is to be done about one message.
    static func remedy(of letter: DeadLetter, at service: String) -> String {
        let one = "\(service) \(letter.id)"
        guard letter.state == "parked" else { return remedy(letter.reason, of: one, shown: one) }
        return letter.waitingFor.map { "it waits for \($0), and is tried again once more of that is heard" }
            ?? "it is tried again by itself: remove the cause before the last of five tries; ./mendloop dead show \(one)"
    }

    /// - Parameters:
    ///   - those: what replay and discard take.
    ///   - one: what show takes.
    private static func remedy(_ reason: String, of those: String, shown one: String) -> String {
        let look = "./mendloop dead show \(one)"
        let discard = "dead discard \(those)"
        let replay = "dead replay \(those)"
        return switch reason {
        case "undecodable", "too-large": "its sender is wrong and has to send it anew: \(look), then \(discard)"
        case "unknown-type":
            "a newer sender, or a wrong name: start the version that knows it, then \(replay); or \(discard)"
        case "handler-failed":
            "a fault of the program, of a setting or of data: \(look) has the error; afterwards \(replay)"
        case "delivery-limit": "handling it ended the process again and again: see the service's log; then \(replay)"
        case "not-yet": "what it builds on never came: \(look) says what; bring that, then \(replay)"
        default: "\(look); then \(replay), or \(discard)"
        }
    }
}
