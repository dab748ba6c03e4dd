import DomainContracts
import Foundation

/// Somebody who is to sign in, with a password that he changes when he first does.
public struct NewUser: Codable, Sendable, Equatable {
    /// 2 to 80 letters, digits and `. _ - @ +`, large and small alike.
    public var login: String
    public var name: String
    /// At least one.
    public var roles: [UserRole]
    /// The engineer that he is, where he has that role.
    public var engineerId: UUID?
    /// The customer for whom he speaks, where he has that role.
    public var customerId: UUID?
    /// Beginnings of region codes: all that he sees as a dispatcher. None means everything.
    public var regionCodes: [String]?
    /// 10 to 128 characters, nothing like the login, none of the commonest.
    public var password: String
}

/// A password that somebody is given by another, and changes when he next signs in.
public struct GivenPassword: Codable, Sendable, Equatable {
    public var login: String
    /// 10 to 128 characters, nothing like the login, none of the commonest.
    public var password: String
}

extension Route {
    /// `POST /v1/console/add-user`: the password goes no further than this.
    static func addUser(_ signIn: SignInDesk, _ desk: ServiceDesk) -> Route {
        Route(
            method: "POST", path: "/v1/console/\(AddUser.wireName)", access: .roles([]), scope: .company, input: .body,
            takes: "\(NewUser.self)", gives: "\(AddUser.Reply.self)", isCommand: true, audited: auditName(AddUser.self)
        ) { call in
            let user = try call.message(NewUser.self, try call.body())
            let hash = try await signIn.hash(
                user.password, of: user.login, pointer: "/password", salt: try signIn.salt(of: user.login, call))
            let command = AddUser(
                login: user.login, name: user.name, roles: user.roles, engineerId: user.engineerId,
                customerId: user.customerId, regionCodes: user.regionCodes ?? [], passwordHash: hash)
            return try await carryOut(command, call, desk)
        }
    }

    /// `POST /v1/console/set-password`: the same.
    static func givePassword(_ signIn: SignInDesk, _ desk: ServiceDesk) -> Route {
        Route(
            method: "POST", path: "/v1/console/\(SetPassword.wireName)", access: .roles([]), scope: .company,
            input: .body, takes: "\(GivenPassword.self)", gives: "\(SetPassword.Reply.self)", isCommand: true,
            audited: auditName(SetPassword.self)
        ) { call in
            let given = try call.message(GivenPassword.self, try call.body())
            let hash = try await signIn.hash(
                given.password, of: given.login, pointer: "/password", salt: try signIn.salt(of: given.login, call))
            let command = SetPassword(login: given.login, passwordHash: hash, isOneTime: true)
            return try await carryOut(command, call, desk)
        }
    }

    /// The same route for administrators who are so still: a token says what its holder was up to a quarter of an hour ago, and here
    /// one who was shut out would let himself in again. Who has signed in elsewhere is not console's to know.
    func forPresentAdmins(_ desk: ServiceDesk) -> Route {
        var route = self
        route.answer = { [answer] call in
            if let principal = call.principal, let readModels = desk.readModels,
                let id = principal.user ?? UUID(uuidString: principal.subject)
            {
                let user = try await readModels.transaction { try await SignInDesk.user(id: id, on: $0) }
                if let user, user.status != .active || !user.roles.contains(.admin) { throw DoorRefusal.unauthorized }
            }
            return try await answer(call)
        }
        return route
    }
}
