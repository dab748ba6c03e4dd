import DomainContracts
import ServiceKit

/// Six of our services in a row, each of one handler: what a message costs that goes through all of them.
struct HopRow: Sendable {
    /// Routing keys of what they tell, in order.
    static let told = [
        WorkPassed<1>.routingKey(), WorkPassed<2>.routingKey(), WorkPassed<3>.routingKey(),
        WorkPassed<4>.routingKey(), WorkPassed<5>.routingKey(), WorkPassed<6>.routingKey(),
    ]

    private let services: [HopService]

    init(_ site: BenchSite) throws {
        let handlers: [any EventHandler] = [
            PassWork<0, 1>(), PassWork<1, 2>(), PassWork<2, 3>(), PassWork<3, 4>(), PassWork<4, 5>(), PassWork<5, 6>(),
        ]
        services = try zip(ServiceName.allCases, handlers).map { name, handler in
            try HopService(name, site) { definition in
                if name == .intake { definition.commands(TakeWork()) }
                definition.events(handler)
            }
        }
    }

    /// The one that also takes commands: the single hop.
    var first: HopService { services[0] }

    func migrate() async throws {
        for service in services { try await service.migrate() }
    }

    /// Runs all of them until `body` has returned.
    func run<Result: Sendable>(while body: @Sendable () async throws -> Result) async throws -> Result {
        try await Self.run(services[...], while: body)
    }

    private static func run<Result: Sendable>(
        _ services: ArraySlice<HopService>, while body: @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let first = services.first else { return try await body() }
        return try await first.run { try await run(services.dropFirst(), while: body) }
    }
}
