import DomainContracts
import Foundation
import ServiceKit

/// Puts service levels in force. Open clocks follow, where that is wished, by `ClockReckoner`.
struct PublishLevels: CommandHandler {
    func keys(_ command: PublishServiceLevels, _ keys: inout Keys) { keys.need(SLABook.self, SLABook.id) }

    func decide(_ command: PublishServiceLevels, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var book = turn.get(SLABook.self, SLABook.id) ?? .standard
        do {
            try ServiceLevelReader.check(command.serviceLevels, calendars: book.calendars.keys)
        } catch {
            throw Refusal.invalid(error.list) ?? .invalid("/data/serviceLevels", "invalid", "expected service levels")
        }
        if let expected = command.expectedVersion, expected != book.policy.policyVersion {
            throw .conflict(
                "service-levels-changed", "Other service levels have been published since",
                detail: "version \(book.policy.policyVersion) is in force")
        }
        let applyToOpen = command.applyToOpen ?? false
        let before = book
        if book.policy.rules != command.serviceLevels {
            let published = book.publish(
                command.serviceLevels, applyToOpen: applyToOpen, at: turn.now, by: turn.envelope.authid)
            turn.set(published, IntakeID.policy(published.policyVersion))
        } else if applyToOpen {
            book.moveOpenOnes()
        }
        if book != before {
            turn.set(book, SLABook.id)
            turn.emit(
                ServiceLevelsChanged(
                    policyVersion: book.policy.policyVersion, name: book.policy.rules.name, appliesToOpen: applyToOpen,
                    changedAt: turn.now),
                about: SLABook.self, SLABook.id)
        }
        return Acknowledgement(
            subject: SLABook.subject(SLABook.id), version: book.policy.policyVersion, status: book.policy.rules.name)
    }
}
