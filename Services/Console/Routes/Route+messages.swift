import DomainContracts
import Foundation
import ServiceKit

extension Route {
    /// `POST /v1/<service>/<command>`: a command of one of our own people's, carried out in his name.
    static func command<C: Command>(
        _ type: C.Type, for roles: Set<Role>, _ scope: Scope<C, C.Reply>, _ desk: ServiceDesk
    ) -> Route {
        Route(
            method: "POST", path: "/v1/\(C.service.rawValue)/\(C.wireName)", access: .roles(roles), scope: scope.rule,
            input: .body, takes: "\(C.self)", gives: "\(C.Reply.self)", isCommand: true,
            heedsVersion: type is any VersionedCommand.Type, audited: auditName(type)
        ) { call in
            var members = try call.body()
            let precondition = try Precondition(of: call, for: type, into: &members)
            let command = try call.message(type, members)
            try await desk.scopes.admit(command, scope, try call.reach(at: roles))
            do {
                return try await carryOut(command, call, desk)
            } catch let problem as Problem {
                throw precondition?.reworded(problem) ?? problem
            }
        }
    }

    /// Sends a command in the caller's name.
    static func carryOut<C: Command>(_ command: C, _ call: Call, _ desk: ServiceDesk) async throws -> Answer {
        guard let principal = call.principal else { throw DoorRefusal.unauthorized }
        let sender = ServiceDesk.Sender(
            id: try call.key(), source: "/mendloop/console/\(principal.subject)", authtype: principal.authtype,
            authid: principal.authid)
        let carried = try await desk.order(command, by: sender)
        return try await Answer.json(carried.reply).withETag().seen(carried.told, of: C.service, call, desk)
    }

    static func auditName<C: Command>(_ type: C.Type) -> String { "\(C.service.rawValue).\(C.wireName)" }

    /// `POST /v1/customer/<command>`: what the customer says himself. The command carries his link's token, and the service looks
    /// at that. Who has signed in as a customer needs none for his own orders.
    static func customerCommand<C: Command>(
        _ type: C.Type, _ desk: ServiceDesk, account: CustomerAccount<C>? = nil
    ) -> Route {
        Route(
            method: "POST", path: "/v1/customer/\(C.wireName)", access: .everybody, scope: .open, input: .body,
            takes: "\(C.self)", gives: "\(C.Reply.self)", isCommand: true, audited: auditName(type)
        ) { call in
            var command = try call.message(type, try call.customersBody(channelUserAt: ["channelUserId"]))
            try await account?.vouch(for: &command, call, desk)
            let carried = try await desk.order(
                command, by: .customer(try call.keyAmongMany(), call.principal), channel: ServiceDesk.channel)
            return try await Answer.json(carried.reply).seen(carried.told, of: C.service, call, desk)
        }
    }

    /// `GET /v1/<service>/<query>?…`: what somebody may see.
    static func query<Q: Query>(
        _ type: Q.Type, for roles: Set<Role>, _ scope: Scope<Q, Q.Reply>, _ desk: ServiceDesk,
        isFound: @escaping @Sendable (Q.Reply) -> Bool = { _ in true }
    ) -> Route {
        Route(
            method: "GET", path: "/v1/\(Q.service.rawValue)/\(Q.wireName)", access: .roles(roles), scope: scope.rule,
            input: .query, takes: "\(Q.self)", gives: "\(Q.Reply.self)", isCommand: false
        ) { call in
            let query = try QueryReader.read(type, from: call.exchange.query)
            let reach = try call.reach(at: roles)
            try await desk.scopes.admit(query, scope, reach)
            return try await answer(query, desk) { reply in
                isFound(reply) ? try await desk.scopes.show(reply, scope, reach) : nil
            }
        }
    }

    /// The same of what everybody may know.
    static func openQuery<Q: Query>(_ type: Q.Type, _ desk: ServiceDesk) -> Route {
        Route(
            method: "GET", path: "/v1/\(Q.service.rawValue)/\(Q.wireName)", access: .everybody, scope: .open,
            input: .query, takes: "\(Q.self)", gives: "\(Q.Reply.self)", isCommand: false, heedsToken: false
        ) { call in
            try await answer(try QueryReader.read(type, from: call.exchange.query), desk) { $0 }
        }
    }

    /// `POST /v1/<service>/<query>`: as above, for questions that do not fit in an address, and may take
    /// their time.
    static func longQuery<Q: Query>(
        _ type: Q.Type, for roles: Set<Role>, _ scope: Scope<Q, Q.Reply>, _ desk: ServiceDesk
    ) -> Route {
        Route(
            method: "POST", path: "/v1/\(Q.service.rawValue)/\(Q.wireName)", access: .roles(roles), scope: scope.rule,
            input: .body, takes: "\(Q.self)", gives: "\(Q.Reply.self)", isCommand: false
        ) { call in
            let query = try call.message(type, try call.body())
            let reach = try call.reach(at: roles)
            try await desk.scopes.admit(query, scope, reach)
            return try await answer(query, desk, patience: ServiceDesk.longPatience) {
                try await desk.scopes.show($0, scope, reach)
            }
        }
    }

    /// - Parameter shown: what of the reply is shown; nil for none.
    private static func answer<Q: Query>(
        _ query: Q, _ desk: ServiceDesk, patience: Duration = ServiceDesk.queryPatience,
        _ shown: (Q.Reply) async throws -> Q.Reply?
    ) async throws -> Answer {
        guard let reply = try await shown(try await desk.ask(query, patience: patience)) else {
            throw DoorRefusal.notFound
        }
        return try .json(reply).withETag((reply as? any VersionedAnswer)?.shownVersion)
    }
}

extension Answer {
    /// With the version of what it shows, where it says one.
    ///
    /// - Parameter shown: the version, of an answer that does not call it `version`.
    fileprivate func withETag(_ shown: Int? = nil) -> Answer {
        guard let version = shown ?? said else { return self }
        var answer = self
        answer.headers["ETag"] = "\"\(version)\""
        return answer
    }

    private var said: Int? {
        guard case .data(let body) = content,
            case .object(let members)? = try? WireJSON.decoder().decode(JSONValue.self, from: body),
            case .int(let version)? = members["version"]
        else { return nil }
        return version
    }
}
