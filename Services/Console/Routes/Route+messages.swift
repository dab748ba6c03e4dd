import DomainContracts
import Foundation

extension Route {
    /// `POST /v1/<service>/<command>`: a command of one of our own people's, carried out in his name.
    static func command<C: Command>(_ type: C.Type, for roles: Set<Role>, _ desk: ServiceDesk) -> Route {
        Route(
            method: "POST", path: "/v1/\(C.service.rawValue)/\(C.wireName)", access: .roles(roles), input: .body,
            takes: "\(C.self)", gives: "\(C.Reply.self)", isCommand: true
        ) { call in
            let command = try call.message(type, try call.body())
            guard let principal = call.principal else { throw DoorRefusal.unauthorized }
            let sender = ServiceDesk.Sender(
                id: try call.key(), source: "/mendloop/console/\(principal.subject)", authtype: principal.authtype,
                authid: principal.subject)
            let carried = try await desk.order(command, by: sender)
            return try await Answer.json(carried.reply).withETag().seen(carried.told, of: C.service, call, desk)
        }
    }

    /// `POST /v1/<service>/<command>` without a token: what the customer says himself. The command carries his link's token,
    /// and the service looks at that.
    static func customerCommand<C: Command>(_ type: C.Type, _ desk: ServiceDesk) -> Route {
        Route(
            method: "POST", path: "/v1/customer/\(C.wireName)", access: .everybody, input: .body, takes: "\(C.self)",
            gives: "\(C.Reply.self)", isCommand: true
        ) { call in
            let command = try call.message(type, try call.customersBody(channelUserAt: ["channelUserId"]))
            let carried = try await desk.order(
                command, by: .customer(try call.key()), channel: ServiceDesk.channel)
            return try await Answer.json(carried.reply).seen(carried.told, of: C.service, call, desk)
        }
    }

    /// `GET /v1/<service>/<query>?…`: what somebody may see.
    static func query<Q: Query>(
        _ type: Q.Type, for roles: Set<Role>, _ desk: ServiceDesk,
        isFound: @escaping @Sendable (Q.Reply) -> Bool = { _ in true }
    ) -> Route {
        Route(
            method: "GET", path: "/v1/\(Q.service.rawValue)/\(Q.wireName)", access: .roles(roles), input: .query,
            takes: "\(Q.self)", gives: "\(Q.Reply.self)", isCommand: false
        ) { call in
            try await answer(try QueryReader.read(type, from: call.exchange.query), desk, isFound)
        }
    }

    /// The same of what everybody may know.
    static func openQuery<Q: Query>(_ type: Q.Type, _ desk: ServiceDesk) -> Route {
        Route(
            method: "GET", path: "/v1/\(Q.service.rawValue)/\(Q.wireName)", access: .everybody, input: .query,
            takes: "\(Q.self)", gives: "\(Q.Reply.self)", isCommand: false
        ) { call in
            try await answer(try QueryReader.read(type, from: call.exchange.query), desk) { _ in true }
        }
    }

    /// `POST /v1/<service>/<query>`: as above, for questions that do not fit in an address.
    static func longQuery<Q: Query>(_ type: Q.Type, for roles: Set<Role>, _ desk: ServiceDesk) -> Route {
        Route(
            method: "POST", path: "/v1/\(Q.service.rawValue)/\(Q.wireName)", access: .roles(roles), input: .body,
            takes: "\(Q.self)", gives: "\(Q.Reply.self)", isCommand: false
        ) { call in
            try await answer(try call.message(type, try call.body()), desk) { _ in true }
        }
    }

    private static func answer<Q: Query>(
        _ query: Q, _ desk: ServiceDesk, _ isFound: (Q.Reply) -> Bool
    ) async throws -> Answer {
        let reply = try await desk.ask(query)
        guard isFound(reply) else { throw DoorRefusal.notFound }
        return try .json(reply).withETag()
    }
}

extension Answer {
    /// With the version of what it shows, where it says one.
    fileprivate func withETag() -> Answer {
        guard case .data(let body) = content,
            case .object(let members)? = try? WireJSON.decoder().decode(JSONValue.self, from: body),
            case .int(let version)? = members["version"]
        else { return self }
        var answer = self
        answer.headers["ETag"] = "\"\(version)\""
        return answer
    }
}
