import Crypto
import DomainContracts
import Foundation

/// One thing that can be asked or ordered by HTTP. What it takes and gives is said in data, so that docs/openapi.yaml is made
/// from the routes and not beside them.
struct Route: Sendable {
    enum Access: Sendable, Equatable {
        /// Nobody need say who he is: a report, or what a signed link's token allows.
        case everybody
        case roles(Set<Role>)
    }

    /// Where a request's members stand.
    enum Input: Sendable, Equatable {
        /// In the query, apart from those in the path.
        case query
        /// In a JSON body.
        case body
        /// In the path alone.
        case path
        /// The body is a file, as what `Content-Type` says.
        case file
    }

    let method: String
    /// `/v1/intake/work-order`; a parameter in braces.
    let path: String
    let access: Access
    /// Which part of it is whose.
    let scope: ScopeRule
    let input: Input
    /// What `gives` says of a route that answers with a file.
    static let aFile = "file"
    /// The same of an SVG drawing.
    static let aDrawing = "drawing"

    /// The contract's types of what comes in and goes out, by name.
    let takes: String
    let gives: String
    /// Members of what it takes that the door fills in itself.
    var filledIn: Set<String> = []
    /// Whether an `Idempotency-Key` is taken.
    var isCommand: Bool
    /// Whether it may be bound to a version by `If-Match`.
    var heedsVersion = false
    /// What the audit calls it; nil for what only looks.
    var audited: String?
    /// Whether it matters who comes: where it does not, a token that does not hold is passed over.
    var heedsToken = true
    var answer: @Sendable (Call) async throws -> Answer

    var segments: [String] { path.split(separator: "/").map(String.init) }
}

/// One request on its way to the services.
struct Call: Sendable {
    let exchange: Exchange
    /// By name, what stands in the path.
    let parameters: [String: String]
    let principal: Principal?
    /// Of the request, as logs and the answer name it.
    let id: String
    /// The body as it comes in; read already where the route takes no file.
    var incoming = IncomingBody()

    /// How much of the company the caller sees at a route for these roles.
    func reach(at roles: Set<Role>) throws(DoorRefusal) -> Reach {
        guard let principal else { throw .unauthorized }
        return Reach(of: principal, at: roles)
    }

    /// The body's object.
    func body() throws -> [String: JSONValue] {
        let type = exchange.header("Content-Type") ?? ""
        guard type.lowercased().hasPrefix("application/json") else { throw DoorRefusal.notJSON }
        guard case .object(let members)? = try? WireJSON.decoder().decode(JSONValue.self, from: exchange.body) else {
            throw Problem(
                code: "undecodable", title: "The body is no JSON object", status: 400)
        }
        return members
    }

    /// The body's object, from somebody without a token: adapters vouch for their channel's users, and nobody does here.
    ///
    /// - Parameter pointer: where a channel's user would stand.
    func customersBody(channelUserAt pointer: [String]) throws -> [String: JSONValue] {
        let members = try body()
        var found: JSONValue? = .object(members)
        for name in pointer {
            guard case .object(let inner)? = found else { return members }
            found = inner[name]
        }
        guard found == nil || found == .null else {
            throw Problem(
                code: "invalid-message", title: "The message is not valid",
                errors: [
                    FieldProblem(
                        "/" + pointer.joined(separator: "/"), "unexpected",
                        "nobody vouches for a channel's user here; a link's token does")
                ])
        }
        return members
    }

    /// A message made of JSON members; what is wrong with one is told with a pointer into the body.
    func message<M: Codable>(_ type: M.Type, _ members: [String: JSONValue]) throws -> M {
        do {
            return try WireJSON.decoder().decode(type, from: try WireJSON.encoder().encode(JSONValue.object(members)))
        } catch {
            throw WireJSON.problem(from: error)
        }
    }

    /// What names a command once for all: the caller's own key, or the request's id.
    func key() throws -> String {
        guard let key = exchange.header("Idempotency-Key") else { return id }
        guard (1...200).contains(key.utf8.count), key.allSatisfy({ $0.isASCII && !$0.isWhitespace && $0 != "\u{7f}" })
        else {
            throw Problem(
                code: "invalid-message", title: "The message is not valid",
                errors: [
                    FieldProblem("/headers/Idempotency-Key", "format", "expected 1 to 200 visible ASCII characters")
                ])
        }
        return key
    }

    /// The same where callers share a source: with whose it is; of those whom nobody knows, one that nobody else comes upon.
    func keyAmongMany() throws -> String {
        let key = try key()
        guard exchange.header("Idempotency-Key") != nil else { return key }
        if let principal { return SHA256.hash(data: Data("\(principal.person)\n\(key)".utf8)).hexadecimal }
        guard key.utf8.count >= Self.leastOfStrangers else {
            throw Problem(
                code: "invalid-message", title: "The message is not valid",
                errors: [
                    FieldProblem(
                        "/headers/Idempotency-Key", "format",
                        "expected \(Self.leastOfStrangers) characters or more, such as a UUID, from a caller without a token"
                    )
                ])
        }
        return key
    }

    /// As long as a UUID in base 64.
    private static let leastOfStrangers = 22
}

extension Problem {
    /// The same with pointers into another document.
    func pointing(from prefix: String, to other: String) -> Problem {
        var problem = self
        problem.errors = errors.map { error in
            guard error.pointer.hasPrefix(prefix + "/") || error.pointer == prefix else { return error }
            return FieldProblem(other + error.pointer.dropFirst(prefix.count), error.code, error.detail)
        }
        return problem
    }
}
