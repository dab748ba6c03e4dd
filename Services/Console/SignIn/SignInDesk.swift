import DomainContracts
import Foundation
import Passwords
import Postgres
import ServiceKit

/// Lets people in by login and password, and keeps them in.
struct SignInDesk: Sendable {
    /// Nil where console has no key to sign with: people bring tokens from an identity provider then.
    let issuer: TokenIssuer?
    let throttle: SignInThrottle
    var bench = HashBench()
    /// What new hashes cost, and old ones are raised to.
    var cost = PasswordHash.Cost.present
    /// Real time, which tokens end by.
    var now: @Sendable () -> Date = { Date() }

    /// By login and password; with a new password, that one is in force before he is in.
    func signIn(_ asked: SignInRequest, newPassword: String? = nil, _ call: Call, _ desk: ServiceDesk) async throws
        -> (SignedIn, User)
    {
        let (issuer, readModels) = try open(desk)
        let login = Login.folded(asked.login) ?? asked.login.lowercased()
        let address = call.exchange.address
        let (found, wait) = try await readModels.transaction { [throttle, now] connection in
            let wait = try await throttle.begin(login: login, address: address, at: now(), on: connection)
            return (try await Self.user(login: login, on: connection), wait)
        }
        if let wait { throw DoorRefusal.tooMany(retryAfter: wait) }
        // Nobody's password takes as long to look at as somebody's.
        let hash = found.flatMap { PasswordHash(text: $0.passwordHash) } ?? .nobodys
        let isRight = try await bench.verifies(String(asked.password.prefix(4 * PasswordRules.longest)), hash)
        guard isRight, var user = found else { throw DoorRefusal.signInFailed.by(found?.subject) }
        guard user.status == .active else { throw DoorRefusal.userBlocked.by(user.subject) }
        if let newPassword {
            try await change(user, to: newPassword, call, desk)
        } else if user.mustChangePassword {
            try await readModels.transaction { [throttle] in
                try await throttle.forgive(login: login, address: address, on: $0)
            }
            throw DoorRefusal.passwordChangeNeeded.by(user.subject)
        } else if hash.cost != cost {
            await raise(user, asked.password, call, desk)
        }
        let now = now()
        let (refreshToken, present) = try await readModels.transaction { [throttle, user] connection in
            try await throttle.forgive(login: login, address: address, on: connection)
            let present = try await Self.user(login: login, on: connection) ?? user
            let token = try await RefreshTokens.give(
                to: present.userId, epoch: present.signInEpoch, at: now, on: connection)
            return (token, present)
        }
        user = present
        return (try signedIn(user, refreshToken, issuer, at: now), user)
    }

    /// By a token that was given before; it is used up.
    func refresh(_ token: String, _ desk: ServiceDesk) async throws -> (SignedIn, User) {
        let (issuer, readModels) = try open(desk)
        let now = now()
        // What ends a family has to be committed, so nothing is thrown in here.
        let (user, next): (User?, String?) = try await readModels.transaction { connection in
            switch try await RefreshTokens.use(token, at: now, on: connection) {
            case .unknown: return (nil, nil)
            case .stolen(let id): return (try await Self.user(id: id, on: connection), nil)
            case .good(let id, let family, let epoch, let familyEnds):
                guard let user = try await Self.user(id: id, on: connection) else { return (nil, nil) }
                guard user.status == .active, user.signInEpoch == epoch else { return (user, nil) }
                let next = try await RefreshTokens.give(
                    to: id, epoch: epoch, family: family, familyEnds: familyEnds, at: now, on: connection)
                return (user, next)
            }
        }
        guard let user, let next else { throw DoorRefusal.signInEnded.by(user?.subject) }
        return (try signedIn(user, next, issuer, at: now), user)
    }

    /// Ends what came of one signing in.
    ///
    /// - Returns: who that was; nil for a token that nobody has.
    func signOut(_ token: String, _ desk: ServiceDesk) async throws -> String? {
        try await open(desk).readModels.transaction { connection in
            guard let id = try await RefreshTokens.end(familyOf: token, on: connection) else { return nil }
            return try await Self.user(id: id, on: connection)?.subject
        }
    }

    /// The hash of a password that somebody is to have.
    ///
    /// - Throws: a problem that points to `pointer` where it is none that anybody should have.
    func hash(_ password: String, of login: String, pointer: String) async throws -> String {
        if let fault = PasswordRules.fault(of: password, login: login) {
            throw Problem(
                code: "invalid-message", title: "The message is not valid",
                errors: [FieldProblem(pointer, fault.rawValue, fault.detail)])
        }
        return try await bench.hash(password, cost: cost).description
    }

    private func change(_ user: User, to password: String, _ call: Call, _ desk: ServiceDesk) async throws {
        let hash = try await hash(password, of: user.login, pointer: "/newPassword")
        _ = try await desk.order(
            SetPassword(
                login: user.login, passwordHash: hash, replaces: user.passwordHash, isOneTime: false),
            by: sender(user, call))
    }

    /// The same password under a dearer hash. Where that fails it is tried when he signs in again.
    private func raise(_ user: User, _ password: String, _ call: Call, _ desk: ServiceDesk) async {
        guard let hash = try? await bench.hash(password, cost: cost) else { return }
        _ = try? await desk.order(
            SetPassword(
                login: user.login, passwordHash: hash.description, replaces: user.passwordHash, isOneTime: false,
                isSamePassword: true), by: sender(user, call))
    }

    private func sender(_ user: User, _ call: Call) -> ServiceDesk.Sender {
        ServiceDesk.Sender(
            id: call.id, source: "/mendloop/console/\(user.userId.text)", authtype: "user", authid: user.subject)
    }

    private func signedIn(_ user: User, _ refreshToken: String, _ issuer: TokenIssuer, at now: Date) throws -> SignedIn
    {
        SignedIn(
            accessToken: try issuer.token(of: user, at: now), tokenType: "Bearer", expiresIn: Int(TokenIssuer.life),
            refreshToken: refreshToken)
    }

    private func open(_ desk: ServiceDesk) throws -> (issuer: TokenIssuer, readModels: ReadModels) {
        guard let issuer else {
            throw Problem(
                code: "sign-in-off", title: "Nobody signs in here", detail: "MENDLOOP_JWT_SECRET is not set",
                status: 503)
        }
        guard let readModels = desk.readModels else { throw ReadModels.away }
        return (issuer, readModels)
    }

    private static func user(login: String, on connection: PostgresConnection) async throws -> User? {
        if login.contains("\0") { return nil }
        return try user(try await connection.query("SELECT state FROM door_user WHERE login = \(login)"))
    }

    private static func user(id: UUID, on connection: PostgresConnection) async throws -> User? {
        try user(try await connection.query("SELECT state FROM door_user WHERE id = \(id)"))
    }

    private static func user(_ rows: [PostgresRow]) throws -> User? {
        try rows.first?.get("state", as: JSONB.self).decode(User.self, decoder: WireJSON.decoder())
    }
}

extension DoorRefusal {
    /// Whoever it was, and whatever of it was wrong: one answer.
    static let signInFailed = DoorRefusal(
        problem: Problem(code: "sign-in-failed", title: "The login or the password is wrong", status: 401),
        headers: ["WWW-Authenticate": "Bearer"])

    static let signInEnded = DoorRefusal(
        problem: Problem(code: "sign-in-ended", title: "Sign in again", status: 401),
        headers: ["WWW-Authenticate": "Bearer"])

    /// Only who knows the password hears it.
    static let userBlocked = DoorRefusal(
        problem: Problem(code: "user-blocked", title: "This user is blocked", status: 403))

    static let passwordChangeNeeded = DoorRefusal(
        problem: Problem(
            code: "password-change-needed", title: "Choose a password of your own first",
            detail: "POST /v1/sign-in/password", status: 403))

    /// The same of somebody.
    fileprivate func by(_ who: String?) -> DoorRefusal {
        var refusal = self
        refusal.who = who
        return refusal
    }
}
