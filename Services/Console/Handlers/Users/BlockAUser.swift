import DomainContracts
import Foundation
import ServiceKit

/// Somebody is let in no more, and what he has signed in to ends.
struct BlockAUser: CommandHandler {
    func keys(_ command: BlockUser, _ keys: inout Keys) { keys.needUser(command.login) }

    func decide(_ command: BlockUser, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var user = try turn.user(command.login)
        if user.status == .blocked { return turn.standing(of: user) }
        user.status = .blocked
        user.signInEpoch += 1
        return turn.keep(user, as: "user-blocked")
    }
}
