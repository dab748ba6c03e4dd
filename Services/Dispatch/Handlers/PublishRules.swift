import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// Puts a rule set in force. What is offered already stays as it is.
struct PublishRules: CommandHandler {
    func keys(_ command: SetRules, _ keys: inout Keys) { keys.need(RuleBook.self, RuleBook.id) }

    func decide(_ command: SetRules, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        do {
            _ = try RuleSet(command.rules, version: 0)
        } catch {
            throw Refusal.invalid(error.list) ?? .invalid("/data/rules", "invalid", "expected a rule set")
        }
        var book = turn.get(RuleBook.self, RuleBook.id) ?? .standard
        if let expected = command.expectedVersion, expected != book.ruleSetVersion {
            throw .conflict(
                "rules-changed", "Other rules have been published since",
                detail: "version \(book.ruleSetVersion) is in force")
        }
        if book.rules != command.rules {
            let published = book.publish(command.rules, at: turn.now, by: turn.envelope.authid)
            turn.set(book, RuleBook.id)
            turn.set(published, PublishedRules.id(of: published.ruleSetVersion))
            turn.emit(
                RulesChanged(
                    ruleSetVersion: published.ruleSetVersion, name: published.rules.name, changedAt: turn.now),
                about: RuleBook.self, RuleBook.id)
        }
        return Acknowledgement(
            subject: RuleBook.subject(RuleBook.id), version: book.ruleSetVersion, status: book.rules.name)
    }
}
