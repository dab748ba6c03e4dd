import DomainContracts
import Foundation

/// Who may come in, and how often.
struct Gate: Sendable {
    let keys: SigningKeys
    let limiter: RateLimiter
    /// Real time, which tokens end by.
    var now: @Sendable () -> Date = { Date() }

    /// Lets somebody in who may use a route; nil for whoever shows no token where none is needed.
    ///
    /// - Parameters:
    ///   - heedsToken: false where it does not matter who comes: a token that does not hold is passed over.
    ///   - known: told who it is, whether he is let in or not.
    func admit(
        _ exchange: Exchange, to access: Route.Access, heedsToken: Bool = true, known: (Principal) -> Void = { _ in }
    ) throws(DoorRefusal) -> Principal? {
        let principal = principal(exchange)
        if let principal { known(principal) }
        // Whoever shows a token that does not hold is counted too.
        if let seconds = limiter.wait(of: principal.map { "user/\($0.person)" } ?? "address/\(exchange.address)") {
            throw .tooMany(retryAfter: seconds)
        }
        if principal == nil, heedsToken, exchange.header("Authorization") != nil { throw .unauthorized }
        guard case .roles(let roles) = access else { return principal }
        guard let principal else { throw .unauthorized }
        guard principal.may(roles) else { throw .notAllowed(roles) }
        return principal
    }

    private func principal(_ exchange: Exchange) -> Principal? {
        let parts = (exchange.header("Authorization") ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return JSONWebToken.principal(String(parts[1]), keys, at: now())
    }
}

/// Why somebody is turned away at the door.
struct DoorRefusal: Error {
    let problem: Problem
    var headers: [String: String] = [:]
    /// Who was turned away, where only the route could tell.
    var who: String?

    static let unauthorized = DoorRefusal(
        problem: Problem(code: "unauthorized", title: "A valid bearer token is needed", status: 401),
        headers: ["WWW-Authenticate": "Bearer"])

    static func notAllowed(_ roles: Set<Role>) -> DoorRefusal {
        let names = roles.union([.admin]).map(\.rawValue).sorted().joined(separator: ", ")
        return DoorRefusal(
            problem: Problem(
                code: "forbidden", title: "The token's roles do not allow this", detail: "one of \(names)", status: 403)
        )
    }

    static func tooMany(retryAfter seconds: Int) -> DoorRefusal {
        DoorRefusal(
            problem: Problem(
                code: "too-many-requests", title: "Too many requests", detail: "try again in \(seconds) s",
                status: 429),
            headers: ["Retry-After": "\(seconds)"])
    }

    static let notFound = DoorRefusal(
        problem: Problem(code: "not-found", title: "There is nothing here", status: 404))

    static func wrongMethod(allowed: [String]) -> DoorRefusal {
        let methods = allowed.sorted().joined(separator: ", ")
        return DoorRefusal(
            problem: Problem(
                code: "method-not-allowed", title: "The method is not allowed here", detail: methods, status: 405),
            headers: ["Allow": methods])
    }

    static func tooLarge(most bytes: Int) -> DoorRefusal {
        DoorRefusal(
            problem: Problem(
                code: "too-large", title: "The body is too large", detail: "at most \(bytes) bytes", status: 413))
    }

    static let notJSON = DoorRefusal(
        problem: Problem(
            code: "unsupported-media-type", title: "The body must be JSON", detail: "application/json", status: 415))
}
