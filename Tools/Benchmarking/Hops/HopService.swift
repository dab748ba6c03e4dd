import DomainContracts
import Foundation
import LocalStack
import Logging
import Postgres
import ServiceKit

/// What a hop changes.
struct WorkPile: Aggregate {
    static let table = "bench_pile"
    var count = 0
    var total = 0
}

/// The handler of the hop: one aggregate changed, one event told.
struct TakeWork: CommandHandler {
    func keys(_ command: RecordWork, _ keys: inout Keys) { keys.need(WorkPile.self, command.subjectId) }

    func decide(_ command: RecordWork, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard command.amount > 0 else { throw .invalid("/data/amount", "range", "must be above 0") }
        var pile = turn.get(WorkPile.self, command.subjectId) ?? WorkPile()
        pile.count += 1
        pile.total += command.amount
        turn.set(pile, command.subjectId)
        turn.emit(
            WorkRecorded(
                subjectId: command.subjectId, amount: command.amount, total: pile.total, note: command.note,
                recordedAt: turn.now),
            about: WorkPile.self, command.subjectId)
        return Acknowledgement(
            subject: WorkPile.subject(command.subjectId), version: turn.version(WorkPile.self, command.subjectId))
    }
}

/// A service of one handler, run by ServiceKit as the six are: inbox, history and outbox in one transaction, then the
/// relay.
struct HopService: Sendable {
    private let definition: ServiceDefinition
    private let settings: ServiceSettings

    init(_ site: BenchSite) throws {
        var definition = ServiceDefinition(
            .intake, migrations: [try Migration(file: "V0001_bench.sql", sql: Array(Self.schema.utf8))])
        definition.commands(TakeWork())
        self.definition = definition
        settings = try ServiceSettings(
            service: definition.name.rawValue,
            settings: Settings(environment: [
                "MENDLOOP_AMQP_URL": site.amqpURL,
                "MENDLOOP_DATABASE_URL": site.addresses.databaseURL(.intake, database: site.name),
                "MENDLOOP_INSTANCE": "bench", "MENDLOOP_LINK_SECRET": "no link is ever signed in this service",
            ]))
    }

    func migrate() async throws {
        let pool = PostgresPool(
            PostgresConfiguration(
                url: settings.databaseURL, applicationName: "bench", poolSize: 1,
                searchPath: "\(definition.name.rawValue), public"))
        do {
            try await ServiceHost.migrator(definition, pool).migrate(logger: Logger(label: "bench"))
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    /// Runs until `body` has returned.
    func run<Result: Sendable>(while body: @Sendable () async throws -> Result) async throws -> Result {
        let host = try ServiceHost(definition, settings)
        let task = Task { try await host.run(takesSignals: false) }
        do {
            let result = try await body()
            task.cancel()
            _ = await task.result
            return result
        } catch {
            task.cancel()
            _ = await task.result
            throw error
        }
    }

    private static let schema = """
        CREATE TABLE bench_pile (id uuid PRIMARY KEY, version bigint NOT NULL, state jsonb NOT NULL);
        INSERT INTO bench_pile (id, version, state)
        SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, '{"count": 0, "total": 0}'
        FROM generate_series(0, \(HopMessages.things - 1)) AS n;
        """
}
