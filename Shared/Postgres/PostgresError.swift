/// What went wrong between a caller and PostgreSQL.
public struct PostgresError: Error, Sendable {
    public enum Kind: Sendable, Equatable {
        /// There is no session, or there is none any more. What a lost statement did is unknown.
        case connection(ConnectionFault)
        /// The server refused the statement; `sqlState` says why.
        case server
        /// The statement was never sent, or its result was asked for in a way it does not have: a fault in our code.
        case usage
    }

    public enum ConnectionFault: Sendable, Equatable {
        /// The URL cannot be parsed or its host name does not exist.
        case misconfigured
        /// Nobody answered, or the server turned us away (then `sqlState` may be set).
        case refused
        /// Connecting took longer than `connectTimeout`.
        case timedOut
        /// The session ended under a statement or between two.
        case lost
        /// The server stayed silent for longer than it allows its own statements.
        case unresponsive
        /// The pool or the connection was closed by its owner.
        case closed
    }

    public var kind: Kind
    public var sqlState: SQLState?
    public var message: String
    /// May quote column values, so it is kept out of `description` and of logs.
    public var detail: String?
    public var hint: String?
    public var constraint: String?
    public var schema: String?
    public var table: String?
    public var column: String?

    public init(kind: Kind, sqlState: SQLState? = nil, message: String) {
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
    }
}

extension PostgresError {
    /// The server, not the message, is at fault: the same work will pass once it is well again. Holds for lost or
    /// refused connections, shutdowns, exhausted disks, memory and connections, and the timeouts of locks and
    /// statements.
    public var isTransientDependencyFault: Bool {
        switch kind {
        case .usage:
            return false
        case .connection(let fault):
            if let sqlState { return Self.isTransient(sqlState) }
            return fault != .misconfigured
        case .server:
            return sqlState.map(Self.isTransient) ?? false
        }
    }

    private static let transientStates: Set<SQLState> = [
        .lockNotAvailable, .queryCanceled, .adminShutdown, .crashShutdown, .cannotConnectNow, .idleInTransactionTimeout,
        .readOnlyTransaction, SQLState(rawValue: "57P05"),
    ]

    /// Whole classes: 08 connection, 53 resources (disk, memory, connections), 58 the server's own input and output.
    private static func isTransient(_ state: SQLState) -> Bool {
        ["08", "53", "58"].contains(state.errorClass) || transientStates.contains(state)
    }

    /// Two transactions got in each other's way: the same transaction may pass when run again at once.
    public var isRetryableConflict: Bool {
        sqlState == .serializationFailure || sqlState == .deadlockDetected
    }

    public var isConnectionFault: Bool {
        if case .connection = kind { true } else { false }
    }

    public var isUniqueViolation: Bool { sqlState == .uniqueViolation }
    public var isForeignKeyViolation: Bool { sqlState == .foreignKeyViolation }
    public var isNotNullViolation: Bool { sqlState == .notNullViolation }
    public var isCheckViolation: Bool { sqlState == .checkViolation }
    public var isExclusionViolation: Bool { sqlState == .exclusionViolation }

    static func usage(_ message: String) -> PostgresError {
        PostgresError(kind: .usage, message: message)
    }
}

extension PostgresError: CustomStringConvertible {
    /// Without `detail`, which may quote what people wrote.
    public var description: String {
        var words = ["PostgreSQL"]
        switch kind {
        case .connection(let fault): words.append("connection \(fault)")
        case .server: break
        case .usage: words.append("misuse")
        }
        if let sqlState { words.append(sqlState.rawValue) }
        if let constraint { words.append("(\(constraint))") }
        return words.joined(separator: " ") + ": " + message
    }
}
