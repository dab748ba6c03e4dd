import Crypto
import DomainContracts
import Foundation
import ServiceKit

extension Route {
    /// `GET /v1/console/<query>?…`: what the read models hold. It has an `ETag`, and nothing is sent to who has it already.
    ///
    /// - Parameter narrow: makes of the handler one for somebody's reach, where that matters to it.
    static func lookUp<H: QueryHandler>(
        _ handler: H, for roles: Set<Role>, _ scope: Scope<H.Q, H.Q.Reply>, _ desk: ServiceDesk,
        isFound: @escaping @Sendable (H.Q.Reply) -> Bool = { _ in true },
        as narrow: @escaping @Sendable (inout H, Reach) -> Void = { _, _ in }
    ) -> Route {
        Route(
            method: "GET", path: "/v1/\(H.Q.service.rawValue)/\(H.Q.wireName)", access: .roles(roles),
            scope: scope.rule, input: .query, takes: "\(H.Q.self)", gives: "\(H.Q.Reply.self)", isCommand: false
        ) { call in
            do {
                let query = try QueryReader.read(H.Q.self, from: call.exchange.query)
                let reach = try call.reach(at: roles)
                try await desk.scopes.admit(query, scope, reach)
                guard let readModels = desk.readModels else { throw ReadModels.away }
                var handler = handler
                narrow(&handler, reach)
                var reply = try await readModels.answer(query, by: handler)
                guard isFound(reply) else { throw DoorRefusal.notFound }
                reply = try await desk.scopes.show(reply, scope, reach)
                // Members in one order, so that the same answer has the same hash.
                let body = try WireJSON.canonicalEncoder().encode(reply)
                let tag = "\"\(Self.hash(of: body))\""
                if call.exchange.knows(tag) { return .unchanged(tag) }
                return Answer(status: 200, headers: ["ETag": tag], content: .data(body))
            } catch let problem as Problem {
                throw problem.pointing(from: "/data", to: "/query")
            }
        }
    }
}

extension Route {
    private static func hash(of body: Data) -> String { SHA256.hash(data: body).prefix(16).hexadecimal }
}

extension Answer {
    /// As a command's answer, once the read models have seen what came of it, if that was asked for.
    func seen(_ told: [ToldEvents.Told]?, of service: ServiceName, _ call: Call, _ desk: ServiceDesk) async -> Answer {
        guard let seconds = call.preferredWait, let told, let readModels = desk.readModels,
            await readModels.haveSeen(told, of: service, within: .seconds(seconds))
        else { return self }
        var answer = self
        answer.headers["Preference-Applied"] = "wait=\(seconds)"
        return answer
    }
}

extension Call {
    /// The longest wait, in seconds.
    static let longestWait = 10

    /// `Prefer: wait=2` (RFC 7240): until the read models show what a command did, 1 to 10 seconds.
    var preferredWait: Int? {
        for preference in (exchange.header("Prefer") ?? "").split(separator: ",") {
            let words = preference.split(separator: ";")[0].split(separator: "=").map { word in
                word.trimmingCharacters(in: .whitespaces)
            }
            guard words.count == 2, words[0].lowercased() == "wait", let seconds = Int(words[1]), seconds > 0 else {
                continue
            }
            return min(seconds, Self.longestWait)
        }
        return nil
    }
}
