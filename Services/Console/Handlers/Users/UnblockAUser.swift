import DomainContracts
import Foundation
import ServiceKit

/// Somebody may sign in again.
struct UnblockAUser: CommandHandler {
    func keys(_ command: UnblockUser, _ keys: inout Keys) { keys.needUser(command.login) }

    func decide(_ command: UnblockUser, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var user = try turn.user(command.login)
        if user.status == .active { return turn.standing(of: user) }
        user.status = .active
        return turn.keep(user, as: "user-unblocked")
    }
}
