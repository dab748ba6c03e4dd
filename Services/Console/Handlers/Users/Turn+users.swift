import DomainContracts
import Foundation
import Passwords
import ServiceKit

extension User: Aggregate {
    static let table = "door_user"
    var historyStatus: String? { status.rawValue }

    /// The same login has the same id, so that there are no two of one login.
    static func id(of foldedLogin: String) -> UUID { UUID(derivedFrom: foldedLogin, in: namespace) }

    private static let namespace = UUID(
        uuid: (0x5c, 0x1e, 0x8b, 0x0a, 0x2f, 0x6d, 0x4b, 0x6e, 0x9b, 0x53, 0x0d, 0x61, 0x7a, 0x11, 0xc4, 0x29))
}

extension Keys {
    mutating func needUser(_ login: String) { need(User.self, Login.folded(login).map(User.id)) }
}

extension Turn {
    /// Whoever has the login.
    mutating func user(_ login: String) throws(Refusal) -> User {
        guard let folded = Login.folded(login), let user = get(User.self, User.id(of: folded)) else {
            throw .notFound("/data/login", "user")
        }
        return user
    }

    /// Keeps him and answers how he stands now.
    mutating func keep(_ user: User, as name: String) -> Acknowledgement {
        set(user, user.userId)
        note(name, about: User.self, user.userId)
        return standing(of: user)
    }

    mutating func standing(of user: User) -> Acknowledgement {
        Acknowledgement(
            subject: "user/\(user.userId.text)", version: version(User.self, user.userId), status: user.status.rawValue)
    }

    /// Nil for a hash that can be believed; clear passwords are none.
    func fault(ofHash text: String) -> FieldProblem? {
        PasswordHash(text: text) == nil
            ? FieldProblem("/data/passwordHash", "not-a-hash", "expected scrypt:n=…,r=…,p=…:salt:key") : nil
    }
}
