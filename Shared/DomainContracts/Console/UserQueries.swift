import FoundationEssentials

/// Who may sign in at the HTTP door, by login.
public struct UsersQuery: Query, Equatable {
    public typealias Reply = UsersAnswer
    public static let service = ServiceName.console
    public static let wireName = "users"

    /// That one alone.
    public var login: String?
    /// 1 to 200; 50 when absent.
    public var limit: Int?
    /// The last answer's `cursor`, for the page behind it.
    public var cursor: String?

    public init(login: String? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.login = login
        self.limit = limit
        self.cursor = cursor
    }
}

/// A page of those who may sign in.
public struct UsersAnswer: Codable, Sendable, Equatable {
    public var users: [UserState]
    /// Asks for the page behind this one; absent on the last.
    public var cursor: String?

    public init(users: [UserState] = [], cursor: String? = nil) {
        self.users = users
        self.cursor = cursor
    }
}

/// Somebody who may sign in; nothing of his password.
public struct UserState: Codable, Sendable, Hashable {
    public var userId: UUID
    public var login: String
    public var name: String
    public var roles: [UserRole]
    public var engineerId: UUID?
    public var customerId: UUID?
    public var regionCodes: [String]
    public var status: UserStatus
    /// Whether he has to change his password when he next signs in.
    public var mustChangePassword: Bool
    public var version: Int

    public init(
        userId: UUID, login: String, name: String, roles: [UserRole], engineerId: UUID? = nil,
        customerId: UUID? = nil, regionCodes: [String] = [], status: UserStatus, mustChangePassword: Bool,
        version: Int
    ) {
        self.userId = userId
        self.login = login
        self.name = name
        self.roles = roles
        self.engineerId = engineerId
        self.customerId = customerId
        self.regionCodes = regionCodes
        self.status = status
        self.mustChangePassword = mustChangePassword
        self.version = version
    }
}

/// Who did what at the HTTP door, the newest first.
public struct AuditQuery: Query, Equatable {
    public typealias Reply = AuditAnswer
    public static let service = ServiceName.console
    public static let wireName = "audit"

    /// Somebody's id, as tokens name him.
    public var who: String?
    /// A command, `intake.hold`; or `sign-in`, `sign-in.refresh`, `sign-in.password`, `sign-out`.
    public var what: String?
    public var since: Date?
    /// Not included.
    public var until: Date?
    /// 1 to 200; 50 when absent.
    public var limit: Int?
    /// The last answer's `cursor`, for the page behind it.
    public var cursor: String?

    public init(
        who: String? = nil, what: String? = nil, since: Date? = nil, until: Date? = nil, limit: Int? = nil,
        cursor: String? = nil
    ) {
        self.who = who
        self.what = what
        self.since = since
        self.until = until
        self.limit = limit
        self.cursor = cursor
    }
}

/// A page of the audit.
public struct AuditAnswer: Codable, Sendable, Equatable {
    public var entries: [AuditEntry]
    /// Asks for the page behind this one; absent on the last.
    public var cursor: String?

    public init(entries: [AuditEntry] = [], cursor: String? = nil) {
        self.entries = entries
        self.cursor = cursor
    }
}

/// One thing that somebody did, or was not let do.
public struct AuditEntry: Codable, Sendable, Hashable {
    /// The request's id, as its answer and the log name it.
    public var requestId: UUID
    public var at: Date
    /// His id; absent where nobody showed who he is.
    public var who: String?
    /// A command, `intake.hold`; or `sign-in`, `sign-in.refresh`, `sign-in.password`, `sign-out`.
    public var what: String
    /// The network address that it came from.
    public var address: String
    /// Of the answer: below 400 it was done.
    public var status: Int
    /// Why it was not done: the problem's code.
    public var code: String?
    /// What it was done to, `work-order/<id>`, where the answer says so.
    public var subject: String?

    public init(
        requestId: UUID, at: Date, who: String? = nil, what: String, address: String, status: Int, code: String? = nil,
        subject: String? = nil
    ) {
        self.requestId = requestId
        self.at = at
        self.who = who
        self.what = what
        self.address = address
        self.status = status
        self.code = code
        self.subject = subject
    }
}
