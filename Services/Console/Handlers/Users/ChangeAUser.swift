import DomainContracts
import Foundation
import ServiceKit

/// Somebody is something else from now on, or sees something else: what he has signed in to ends.
struct ChangeAUser: CommandHandler {
    func keys(_ command: ChangeUser, _ keys: inout Keys) { keys.needUser(command.login) }

    func decide(_ command: ChangeUser, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let before = try turn.user(command.login)
        try turn.check(command.expectedVersion, of: User.self, before.userId, "user")
        var user = before
        user.name = command.name ?? user.name
        user.roles = command.roles ?? user.roles
        user.regionCodes = command.regionCodes ?? user.regionCodes
        // Who loses a role is no engineer or customer any more, without its being said.
        user.engineerId = command.engineerId ?? (user.roles.contains(.engineer) ? user.engineerId : nil)
        user.customerId = command.customerId ?? (user.roles.contains(.customer) ? user.customerId : nil)
        if let refusal = Refusal.invalid(user.faults) { throw refusal }
        if user == before { return turn.standing(of: before) }
        var renamed = before
        renamed.name = user.name
        if user != renamed { user.signInEpoch += 1 }
        return turn.keep(user, as: "user-changed")
    }
}
