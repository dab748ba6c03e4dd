import Crypto
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
        let attempt = SignInThrottle.Attempt(login: login, address: call.exchange.address, at: now())
        let (found, wait) = try await readModels.transaction { [throttle] connection in
            let wait = try await throttle.begin(attempt, on: connection)
            return (try await Self.user(login: login, on: connection), wait)
        }
        if let wait { throw DoorRefusal.tooMany(retryAfter: wait) }
        // Nobody's password takes as long to look at as somebody's.
        let hash = found.flatMap { PasswordHash(text: $0.passwordHash) } ?? .nobodys
        let isRight: Bool
        do {
            isRight = try await bench.verifies(asked.password, hash)
        } catch {
            try await readModels.transaction { [throttle] in try await throttle.takeBack(attempt, on: $0) }
            throw error
        }
        guard isRight, let user = found else { throw DoorRefusal.signInFailed.by(found?.person) }
        guard user.status == .active else { throw DoorRefusal.userBlocked.by(user.person) }
        // Whatever comes of it, he knows the password.
        try await readModels.transaction { [throttle] in try await throttle.forgive(attempt, on: $0) }
        if let newPassword {
            try await change(user, asked.password, to: newPassword, call, desk)
        } else if user.mustChangePassword {
            throw DoorRefusal.passwordChangeNeeded.by(user.person)
        } else if hash.cost != cost {
            await raise(user, asked.password, call, desk)
        }
        return try await letIn(user, epoch: user.signInEpoch + (newPassword == nil ? 0 : 1), issuer, readModels)
    }

    /// Lets somebody in whose password was right.
    ///
    /// - Parameter epoch: of his signing in, as it has to be still: else the password is no longer in force, or he is somebody else.
    func letIn(_ verified: User, epoch: Int, _ issuer: TokenIssuer, _ readModels: ReadModels) async throws
        -> (SignedIn, User)
    {
        let now = now()
        let (refreshToken, user) = try await readModels.transaction { connection in
            guard let present = try await Self.user(id: verified.userId, on: connection), present.status == .active,
                present.signInEpoch == epoch
            else { throw DoorRefusal.signInFailed.by(verified.person) }
            let token = try await RefreshTokens.give(to: present.userId, epoch: epoch, at: now, on: connection)
            return (token, present)
        }
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
        guard let user, let next else { throw DoorRefusal.signInEnded.by(user?.person) }
        return (try signedIn(user, next, issuer, at: now), user)
    }

    /// Ends what came of one signing in.
    ///
    /// - Returns: who that was; nil for a token that nobody has.
    func signOut(_ token: String, _ desk: ServiceDesk) async throws -> String? {
        try await open(desk).readModels.transaction { connection in
            guard let id = try await RefreshTokens.end(familyOf: token, on: connection) else { return nil }
            return try await Self.user(id: id, on: connection)?.person
        }
    }

    /// The hash of a password that somebody is to have.
    ///
    /// - Throws: a problem that points to `pointer` where it is none that anybody should have.
    /// - Parameter salt: by chance unless given.
    func hash(_ password: String, of login: String, pointer: String, salt: [UInt8]? = nil) async throws -> String {
        if let fault = PasswordRules.fault(of: password, login: login) {
            throw Self.invalid(pointer, fault.rawValue, fault.detail)
        }
        return try await bench.hash(password, cost: cost, salt: salt).description
    }

    /// The same whenever the same command is said again, so that it stays the same command; nil where its sender gave it no key.
    func salt(of login: String, _ call: Call) throws -> [UInt8]? {
        guard let issuer, call.exchange.header("Idempotency-Key") != nil, let principal = call.principal else {
            return nil
        }
        let said = ["password-salt", try call.key(), login.lowercased(), principal.subject].joined(separator: "\n")
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(said.utf8), using: SymmetricKey(data: Data(issuer.secret.utf8)))
        return Array(code.prefix(16))
    }

    private static func invalid(_ pointer: String, _ code: String, _ detail: String) -> Problem {
        Problem(
            code: "invalid-message", title: "The message is not valid", errors: [FieldProblem(pointer, code, detail)])
    }

    private func change(
        _ user: User, _ old: String, to password: String, _ call: Call, _ desk: ServiceDesk
    ) async throws {
        if PasswordHash.areSame(old, password) {
            throw Self.invalid("/newPassword", "unchanged", "expected another than the present one")
        }
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

    static func user(id: UUID, on connection: PostgresConnection) async throws -> User? {
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
