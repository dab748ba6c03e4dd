import ArgumentParser
import LocalStack
import ServiceKit

/// The stack a verb works on, for every verb that needs one: `@OptionGroup var stack: Stack`.
struct Stack: ParsableArguments {
    private static let usualFolder = ".mendloop"

    @Option(name: .long, help: "The folder of the private PostgreSQL and RabbitMQ.")
    var folder = usualFolder

    var local: LocalStack { LocalStack(folder: folder) }

    /// The broker that the environment names, for stacks that run elsewhere; nil when a folder was asked for.
    func foreignBrokerURL() throws -> String? {
        folder == Self.usualFolder ? try Settings().optionalBrokerURL() : nil
    }

    /// The broker of the stack: that of the environment, else that of the folder.
    func broker() async throws -> BrokerDoor {
        try await BrokerDoor.open(try foreignBrokerURL() ?? local.addresses().amqpURL())
    }

    /// Starts what does not run: the servers, then, after migrating, the services. Says what it does as it goes.
    @discardableResult
    func up(copies: Int = 1, environment: [String: String] = [:]) async throws -> StackAddresses {
        Terminal.note("starting PostgreSQL and RabbitMQ in \(local.path)")
        let addresses = try await local.start()
        let services = try ServiceProcesses(stack: local, environment: environment)
        Terminal.note("migrating")
        try await services.migrate()
        try await IdentityDesk.of(local).management.setMissingPolicies()
        Terminal.note("starting the services" + (copies > 1 ? ", \(copies) copies of each" : ""))
        try await services.start(copies: copies)
        try await services.startDoor()
        return addresses
    }

    /// Where a running stack is reached, by environment variable, in the order people look for it.
    func variables() throws -> [(name: String, value: String)] {
        let addresses = try local.addresses()
        let management = addresses.management
        var variables = [
            ("MENDLOOP_AMQP_URL", addresses.amqpURL()),
            ("MENDLOOP_DATABASE_URL", addresses.adminDatabaseURL()),
            ("MENDLOOP_RABBITMQ_MANAGEMENT_URL", management.url),
            ("MENDLOOP_RABBITMQ_USER", management.user),
            ("MENDLOOP_RABBITMQ_PASSWORD", management.password),
        ]
        for service in LocalService.allCases {
            variables.append(("\(service.environmentPrefix)_DATABASE_URL", addresses.databaseURL(service)))
        }
        for copy in try ServiceProcesses(stack: local).copies {
            if let door = copy.doorURL { variables.append(("MENDLOOP_DOOR_URL", door)) }
            guard let service = LocalService(rawValue: copy.service) else { continue }
            let number = copy.number == 1 ? "" : "_\(copy.number)"
            variables.append(("\(service.environmentPrefix)\(number)_HTTP_URL", copy.httpURL))
        }
        return variables
    }
}
