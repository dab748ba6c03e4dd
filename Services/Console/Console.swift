import AMQP
import Foundation
import Logging
import ServiceKit
import ServiceLifecycle

/// One running copy of console: the door, its way to the broker, health and metrics. It keeps nothing, so any number of copies
/// may stand side by side.
struct Console: Sendable {
    private let requester: AMQPRequester
    private let group: ServiceGroup

    init(_ settings: ConsoleSettings) throws {
        ServiceLogging.bootstrap(
            service: ConsoleSettings.service, instance: settings.instance, level: settings.logLevel)
        let logger = Logger(label: ConsoleSettings.service)
        let metrics = PrometheusMetricsFactory.bootstrap()
        let requester = AMQPRequester(
            try AMQPConfiguration(url: settings.amqpURL, connectionName: "\(settings.instance) request"))
        let desk = ServiceDesk(requester: requester)
        let attachments = AttachmentDesk(
            store: try settings.attachments.map(AttachmentStore.init(folder:)), links: settings.links,
            mostBytes: settings.attachmentBytes)
        let door = try HTTPDoor(
            host: settings.doorHost, port: settings.doorPort,
            gate: Gate(keys: settings.keys, limiter: RateLimiter(requestsAMinute: settings.requestsAMinute)),
            router: Router(
                ConsoleApp.routes(
                    desk, links: settings.links, attachments: attachments, labels: LabelDesk(page: settings.labelURL))),
            logger: logger)
        let health = try HealthServer(
            service: ConsoleSettings.service, instance: settings.instance, host: settings.healthHost,
            port: settings.healthPort, checks: [HealthCheck("broker") { try await desk.check() }], metrics: metrics,
            logger: logger)
        group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: door), .init(service: health)],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        self.requester = requester
    }

    func run() async throws {
        do {
            try await group.run()
        } catch {
            await requester.close()
            throw error
        }
        await requester.close()
    }
}
