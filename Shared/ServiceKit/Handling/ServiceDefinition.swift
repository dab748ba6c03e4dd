import DomainContracts
import Foundation
import Postgres

/// A service's table of contents: every message it takes, every timer and query, and its migrations.
public struct ServiceDefinition: Sendable {
    public let name: ServiceName
    public let migrations: [Migration]
    private(set) var routes: [String: MessageRoute] = [:]
    private(set) var timers: [String: any TimerHandler] = [:]
    private(set) var queries: [String: QueryRoute] = [:]
    private(set) var workers: [any Worker] = []
    private(set) var directRoutes: [String: DirectRoute] = [:]
    private(set) var figures: [StoreFigure] = []

    public init(_ name: ServiceName, migrations: [Migration]) {
        self.name = name
        self.migrations = migrations
    }

    public mutating func commands(_ handlers: any CommandHandler...) {
        for handler in handlers { add(handler) }
    }

    public mutating func directCommands(_ handlers: any DirectCommandHandler...) {
        for handler in handlers { add(handler) }
    }

    public mutating func searchingCommands(_ handlers: any SearchingCommandHandler...) {
        for handler in handlers { add(handler) }
    }

    mutating func add(_ route: QueryRoute, type: String) { queries[type] = route }

    mutating func add(_ route: DirectRoute) { directRoutes[route.wireType] = route }

    public mutating func events(_ handlers: any EventHandler...) {
        for handler in handlers { add(handler) }
    }

    public mutating func timers(_ handlers: any TimerHandler...) {
        for handler in handlers { timers[type(of: handler).kind] = handler }
    }

    public mutating func queries(_ handlers: any QueryHandler...) {
        for handler in handlers { add(handler) }
    }

    public mutating func workers(_ workers: any Worker...) { self.workers += workers }

    public mutating func figures(_ figures: [StoreFigure]) { self.figures += figures }

    private mutating func add<H: CommandHandler>(_ handler: H) { routes[H.C.wireType] = MessageRoute(handler) }
    private mutating func add<H: DirectCommandHandler>(_ handler: H) { add(DirectRoute(handler)) }
    private mutating func add<H: SearchingCommandHandler>(_ handler: H) { add(DirectRoute(handler)) }
    private mutating func add<H: EventHandler>(_ handler: H) { routes[H.E.wireType] = MessageRoute(handler) }
    private mutating func add<H: QueryHandler>(_ handler: H) { queries[H.Q.wireType] = QueryRoute(handler) }

    /// Wire types of the events it handles: what its queue must be bound to.
    public var handledEventTypes: Set<String> {
        Set(routes.values.filter { $0.kind == .event }.map(\.wireType))
    }

    /// Wire types of the commands it takes.
    public var handledCommandTypes: Set<String> {
        Set(routes.values.filter { $0.kind == .command }.map(\.wireType)).union(directRoutes.keys)
    }
}

/// A query handler with its types rubbed off.
struct QueryRoute: Sendable {
    let answerType: String
    let answer: @Sendable (IncomingMessage, PostgresConnection) async throws -> any Codable & Sendable

    init<H: QueryHandler>(_ handler: H) {
        answerType = H.Q.answerType
        answer = { incoming, connection in
            let decoded = try incoming.decode(H.Q.self)
            guard let query = decoded.message as? H.Q else { throw WrongRoute() }
            return try await handler.answer(query, on: connection)
        }
    }

    /// For queries that every service answers: their type differs by the service's name alone.
    init<D: Codable & Sendable>(
        _ service: ServiceName, _ name: String, as type: D.Type,
        _ answer: @escaping @Sendable (D, PostgresConnection) async throws -> any Codable & Sendable
    ) {
        answerType = Operations.type(service, name + "-answer")
        self.answer = { incoming, connection in try await answer(try incoming.decodeData(D.self).data, connection) }
    }

    private struct WrongRoute: Error {}
}
