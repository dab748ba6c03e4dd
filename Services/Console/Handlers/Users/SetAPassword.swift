import DomainContracts
import Foundation
import ServiceKit

/// Another password is in force, and what was signed in to with the old one ends; or the same one under a stronger hash.
struct SetAPassword: CommandHandler {
    func keys(_ command: SetPassword, _ keys: inout Keys) { keys.needUser(command.login) }

    func decide(_ command: SetPassword, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let fault = turn.fault(ofHash: command.passwordHash), let refusal = Refusal.invalid([fault]) {
            throw refusal
        }
        if command.isSamePassword, command.replaces == nil {
            throw .invalid("/data/replaces", "required", "is required where isSamePassword is true")
        }
        var user = try turn.user(command.login)
        if let replaced = command.replaces, replaced != user.passwordHash {
            throw .conflict("password-changed", "The password has been changed since")
        }
        user.passwordHash = command.passwordHash
        if command.isSamePassword { return turn.keep(user, as: "password-hashed-anew") }
        user.mustChangePassword = command.isOneTime
        user.signInEpoch += 1
        return turn.keep(user, as: "password-set")
    }
}
