import ArgumentParser
import DomainContracts
import Foundation

/// Who may sign in at the HTTP door; docs/users.md.
struct UserVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Who may sign in at the HTTP door: add, list, change, block, set a password.",
        discussion: """
            The first administrator of a fresh stack: ./mendloop user add ADMIN-LOGIN --name NAME --role admin
            Passwords are asked for, or read from standard input; they are no arguments, which others could read.
            """,
        subcommands: [
            UserList.self, UserAdd.self, UserChange.self, UserBlock.self, UserUnblock.self, UserSetPassword.self,
        ], defaultSubcommand: UserList.self)
}

struct UserList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All of them, by login.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    func run() async throws {
        let door = try await stack.broker()
        var query = UsersQuery(limit: 200)
        var answer = try await door.ask(query)
        while let cursor = answer.cursor {
            query.cursor = cursor
            let page = try await door.ask(query)
            answer.users += page.users
            answer.cursor = page.cursor
        }
        await door.close()
        print(output.isJSON ? try Output.json(answer) : Self.text(answer.users))
    }

    static func text(_ users: [UserState]) -> String {
        guard !users.isEmpty else { return "nobody: ./mendloop user add" }
        var table = TextTable(head: ["LOGIN", "NAME", "ROLES", "SEES", "STATUS"])
        for user in users {
            let status = user.status.rawValue + (user.mustChangePassword ? ", has to change his password" : "")
            table.rows.append([
                user.login, user.name, user.roles.map(\.rawValue).joined(separator: " "), sees(user), status,
            ])
        }
        return table.text
    }

    private static func sees(_ user: UserState) -> String {
        [
            user.engineerId.map { "engineer \($0.text)" }, user.customerId.map { "customer \($0.text)" },
            user.regionCodes.isEmpty ? nil : "regions " + user.regionCodes.joined(separator: " "),
        ].compactMap { $0 }.joined(separator: ", ")
    }
}

/// What a user is and sees.
struct UserPart: ParsableArguments {
    @Option(
        name: .long, parsing: .upToNextOption,
        help: "agent, dispatcher, engineer, storekeeper, finance, manager, admin or customer; several are possible.")
    var role: [String] = []

    @Option(name: .long, help: "The engineer that he is: an id.")
    var engineer: UUID?

    @Option(name: .long, help: "The customer for whom he speaks: an id.")
    var customer: UUID?

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "Beginnings of region codes, all that he sees as a dispatcher; “all” for everything.")
    var region: [String] = []

    var roles: [UserRole] { role.map(UserRole.init(rawValue:)) }
    var regions: [String] { region == ["all"] ? [] : region }
}

struct UserAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Let somebody sign in. He changes the password when he first does.")

    @OptionGroup var stack: Stack
    @OptionGroup var part: UserPart

    @Argument(help: "What he signs in with.")
    var login: String

    @Option(name: .long, help: "As colleagues call him; his login where it is not said.")
    var name: String?

    func validate() throws {
        guard !part.role.isEmpty else { throw ValidationError("--role says what he may do") }
    }

    func run() async throws {
        let hash = try TypedPassword.hash(of: login)
        let door = try await stack.broker()
        _ = try await door.order(
            AddUser(
                login: login, name: name ?? login, roles: part.roles, engineerId: part.engineer,
                customerId: part.customer, regionCodes: part.regions, passwordHash: hash))
        await door.close()
        print("\(login) may sign in: POST /v1/sign-in/password, with a password of his own")
    }
}

struct UserChange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change what somebody is and sees; what is not named stays.")

    @OptionGroup var stack: Stack
    @OptionGroup var part: UserPart

    @Argument(help: "What he signs in with.")
    var login: String

    @Option(name: .long, help: "As colleagues call him.")
    var name: String?

    func run() async throws {
        let door = try await stack.broker()
        let done = try await door.order(
            ChangeUser(
                login: login, name: name, roles: part.role.isEmpty ? nil : part.roles, engineerId: part.engineer,
                customerId: part.customer, regionCodes: part.region.isEmpty ? nil : part.regions))
        await door.close()
        print("\(login) is changed, version \(done.version)")
    }
}

struct UserBlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block", abstract: "Let somebody in no more; what he has signed in to ends.")

    @OptionGroup var stack: Stack

    @Argument(help: "What he signs in with.")
    var login: String

    func run() async throws {
        let door = try await stack.broker()
        _ = try await door.order(BlockUser(login: login))
        await door.close()
        print("\(login) is blocked")
    }
}

struct UserUnblock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unblock", abstract: "Let somebody sign in again.")

    @OptionGroup var stack: Stack

    @Argument(help: "What he signs in with.")
    var login: String

    func run() async throws {
        let door = try await stack.broker()
        _ = try await door.order(UnblockUser(login: login))
        await door.close()
        print("\(login) may sign in again")
    }
}

struct UserSetPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-password",
        abstract: "Give somebody a password, which he changes when he next signs in.")

    @OptionGroup var stack: Stack

    @Argument(help: "What he signs in with.")
    var login: String

    func run() async throws {
        let hash = try TypedPassword.hash(of: login)
        let door = try await stack.broker()
        _ = try await door.order(SetPassword(login: login, passwordHash: hash, isOneTime: true))
        await door.close()
        print("\(login) has a new password, and signs in anew")
    }
}

extension UUID: @retroactive ExpressibleByArgument {
    public init?(argument: String) { self.init(uuidString: argument) }
}
