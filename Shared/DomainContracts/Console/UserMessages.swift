import FoundationEssentials

/// Lets somebody sign in at the HTTP door. A password is hashed where it is typed: no message holds one.
public struct AddUser: Command, Equatable {
    public static let service = ServiceName.console
    public static let wireName = "add-user"

    /// What he signs in with: 2 to 80 letters, digits and `. _ - @ +`, large and small alike. It stays.
    public var login: String
    /// As colleagues call him, at most 100 characters.
    public var name: String
    /// At least one.
    public var roles: [UserRole]
    /// The engineer that he is, where he has that role.
    public var engineerId: UUID?
    /// The customer for whom he speaks, where he has that role, and no other role then.
    public var customerId: UUID?
    /// Beginnings of region codes: all that he sees as a dispatcher. None means everything.
    public var regionCodes: [String]
    /// `scrypt:…`, as docs/users.md says; whoever has it changes his password when he first signs in.
    public var passwordHash: String

    public init(
        login: String, name: String, roles: [UserRole], engineerId: UUID? = nil, customerId: UUID? = nil,
        regionCodes: [String] = [], passwordHash: String
    ) {
        self.login = login
        self.name = name
        self.roles = roles
        self.engineerId = engineerId
        self.customerId = customerId
        self.regionCodes = regionCodes
        self.passwordHash = passwordHash
    }
}

/// Changes what somebody is and may see. What is absent stays; he signs in anew where anything but his name changes.
public struct ChangeUser: Command, Equatable {
    public static let service = ServiceName.console
    public static let wireName = "change-user"

    public var login: String
    public var name: String?
    /// At least one.
    public var roles: [UserRole]?
    public var engineerId: UUID?
    public var customerId: UUID?
    /// An empty list means everything.
    public var regionCodes: [String]?
    public var expectedVersion: Int?

    public init(
        login: String, name: String? = nil, roles: [UserRole]? = nil, engineerId: UUID? = nil,
        customerId: UUID? = nil, regionCodes: [String]? = nil, expectedVersion: Int? = nil
    ) {
        self.login = login
        self.name = name
        self.roles = roles
        self.engineerId = engineerId
        self.customerId = customerId
        self.regionCodes = regionCodes
        self.expectedVersion = expectedVersion
    }
}

/// Ends all that somebody has signed in to, and lets him in no more.
public struct BlockUser: Command, Equatable {
    public static let service = ServiceName.console
    public static let wireName = "block-user"

    public var login: String

    public init(login: String) {
        self.login = login
    }
}

/// Lets somebody sign in again who was blocked.
public struct UnblockUser: Command, Equatable {
    public static let service = ServiceName.console
    public static let wireName = "unblock-user"

    public var login: String

    public init(login: String) {
        self.login = login
    }
}

/// Gives somebody another password, as its hash. He signs in anew everywhere.
public struct SetPassword: Command, Equatable {
    public static let service = ServiceName.console
    public static let wireName = "set-password"

    public var login: String
    /// `scrypt:…`, as docs/users.md says.
    public var passwordHash: String
    /// The hash that it takes the place of: refused where another is in force by now. Absent from an administrator.
    public var replaces: String?
    /// Whether he has to change it when he next signs in: what an administrator sets is known to two.
    public var isOneTime: Bool
    /// Whether it is the same password under a stronger hash: then nothing else changes. Needs `replaces`.
    public var isSamePassword: Bool

    public init(
        login: String, passwordHash: String, replaces: String? = nil, isOneTime: Bool, isSamePassword: Bool = false
    ) {
        self.login = login
        self.passwordHash = passwordHash
        self.replaces = replaces
        self.isOneTime = isOneTime
        self.isSamePassword = isSamePassword
    }
}

/// What somebody does in the company, and so what he may ask and order.
public struct UserRole: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// 客服
    public static let agent = UserRole(rawValue: "agent")
    /// 派工员
    public static let dispatcher = UserRole(rawValue: "dispatcher")
    /// 工程师
    public static let engineer = UserRole(rawValue: "engineer")
    /// 库管
    public static let storekeeper = UserRole(rawValue: "storekeeper")
    /// 财务
    public static let finance = UserRole(rawValue: "finance")
    /// 主管
    public static let manager = UserRole(rawValue: "manager")
    /// 管理员
    public static let admin = UserRole(rawValue: "admin")
    /// 客户: somebody of a customer's, who sees what concerns that customer.
    public static let customer = UserRole(rawValue: "customer")

    public static let known: [Self] = [
        .agent, .dispatcher, .engineer, .storekeeper, .finance, .manager, .admin, .customer,
    ]
}

/// Whether somebody may sign in.
public struct UserStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let active = UserStatus(rawValue: "active")
    public static let blocked = UserStatus(rawValue: "blocked")

    public static let known: [Self] = [.active, .blocked]
}
