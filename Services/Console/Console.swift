import AMQP
import DomainContracts
import Foundation
import Logging
import ServiceKit

/// One running copy of console: the door, its way to the broker, and the read models with all that a service has. Any number of
/// copies may stand side by side.
struct Console: Sendable {
    private let requester: AMQPRequester
    private let readModels: ReadModels
    private let host: ServiceHost

    init(_ settings: ConsoleSettings) throws {
        ServiceLogging.bootstrap(settings.service)
        let metrics = PrometheusMetricsFactory.bootstrap()
        let requester = AMQPRequester(
            try AMQPConfiguration(
                url: settings.service.amqpURL, connectionName: "\(settings.service.instance) request"))
        let readModels = ReadModels(pool: ServiceHost.pool(settings.service, size: settings.service.poolSize))
        let desk = ServiceDesk(requester: requester, readModels: readModels)
        let store = try settings.attachments?.store()
        let attachments = AttachmentDesk(
            store: store, links: settings.links,
            mostBytes: settings.attachmentBytes,
            budget: UploadBudget(bytesAnHour: settings.attachmentBytesAnHour, mostBytes: settings.attachmentBytes))
        let logger = Logger(label: ConsoleSettings.service)
        let audit = AuditTrail(logger: logger, pool: readModels.pool)
        let signIn = SignInDesk(
            issuer: settings.issuer, throttle: SignInThrottle(freeByAddress: settings.signInFailuresByAddress))
        let door = try HTTPDoor(
            host: settings.doorHost, port: settings.doorPort,
            gate: Gate(keys: settings.keys, limiter: RateLimiter(requestsAMinute: settings.requestsAMinute)),
            router: Router(
                ConsoleApp.routes(
                    desk, links: settings.links, attachments: attachments, labels: LabelDesk(page: settings.labelURL),
                    signIn: signIn)),
            audit: audit, logger: logger)
        // Commands go through without the database.
        host = try ServiceHost(
            try ReadModelsApp.definition(
                files: store, unnamed: Self.unnamed(store, settings, desk)
            ) { try? await desk.republish($0, $1) },
            settings.service,
            metrics: metrics,
            front: [door], otherPools: ["door": readModels.pool],
            checks: [HealthCheck("broker") { try await desk.check() }], needsDatabase: false)
        self.requester = requester
        self.readModels = readModels
    }

    private static func unnamed(
        _ store: (any AttachmentStore)?, _ settings: ConsoleSettings, _ desk: ServiceDesk
    ) -> RemoveUnnamedFiles? {
        guard let store, let days = settings.unnamedFileDays else { return nil }
        return RemoveUnnamedFiles(store: store, days: days) { files in
            guard let named = try? await desk.ask(NamedFilesQuery(files: files)),
                let signed = try? await desk.ask(SignedFilesQuery(files: files))
            else { return nil }
            return Set(named.named + signed.named)
        }
    }

    func run() async throws {
        do {
            try await host.run()
        } catch {
            await close()
            throw error
        }
        await close()
    }

    private func close() async {
        await requester.close()
        await readModels.close()
    }
}
