import DomainContracts
import Foundation
import ServiceKit

/// Somebody may sign in from now on.
struct AddAUser: CommandHandler {
    func keys(_ command: AddUser, _ keys: inout Keys) { keys.needUser(command.login) }

    func decide(_ command: AddUser, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard let login = Login.folded(command.login) else {
            throw .invalid("/data/login", "format", "expected 2 to 80 letters, digits and . _ - @ +")
        }
        let user = User(
            userId: User.id(of: login), login: login, name: command.name, roles: command.roles,
            engineerId: command.engineerId, customerId: command.customerId, regionCodes: command.regionCodes,
            passwordHash: command.passwordHash)
        let faults = user.faults + [turn.fault(ofHash: command.passwordHash)].compactMap { $0 }
        if let refusal = Refusal.invalid(faults) { throw refusal }
        if turn.get(User.self, user.userId) != nil {
            throw .conflict("login-taken", "Somebody has this login already")
        }
        return turn.keep(user, as: "user-added")
    }
}
