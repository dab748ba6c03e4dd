import AMQP
import DomainContracts
import Foundation
import LocalStack
import ServiceKit

/// `mendloop bench search`: what people type while a customer waits on the telephone, asked of intake over the broker with
/// a great many devices in its registry. Everything is brought in by the public contract: rows by imports, faults by
/// reports.
public struct SearchBench: Sendable {
    /// Folder of the private stack.
    public var folder: String
    public var devices = 1_000_000
    /// Searches of each kind and round, one after another.
    public var searches = 500
    public var rounds = 3

    /// Milliseconds within which 99 of 100 searches are to be answered.
    static let goal = 20.0

    public init(folder: String) { self.folder = folder }

    public func run(_ note: @Sendable (String) -> Void) async throws -> SearchReport {
        note("starting PostgreSQL, RabbitMQ and intake in \(folder)")
        return try await BenchSite.with(folder: folder) { site in
            let services = try ServiceProcesses(
                stack: site.stack, virtualHost: site.name, database: site.name,
                environment: ["MENDLOOP_LOG_LEVEL": "warning"])
            try await services.migrate()
            try await services.start(.intake)
            let requester = AMQPRequester(try site.configuration("search"))
            do {
                let report = try await measure(SearchTown(devices: devices), requester, site, note)
                await requester.close()
                return report
            } catch {
                await requester.close()
                throw error
            }
        }
    }

    private func measure(
        _ town: SearchTown, _ requester: AMQPRequester, _ site: BenchSite, _ note: @Sendable (String) -> Void
    ) async throws -> SearchReport {
        var report = SearchReport(devices: devices, customers: town.customers, orders: town.reports)
        report.importSeconds = try await SearchSeeding(requester: requester, town: town).seed(note)
        note("vacuum and analyze")
        _ = try await site.stack.sql("VACUUM ANALYZE intake.search_entry", database: site.name)
        for question in SearchQuestion.all {
            note("searching for \(question.name)")
            var median = Figure("\(question.name), p50", unit: "ms")
            var tail = Figure(
                "\(question.name), p99", unit: "ms", goals: [.init(peer: nil, value: Self.goal, isUpperBound: true)])
            for round in 0..<rounds {
                var times: [Double] = []
                for number in 0..<searches {
                    let text = question.text(town, round * searches + number)
                    let began = ContinuousClock.now
                    let hits = try await ask(text, requester).hits.count
                    times.append((ContinuousClock.now - began) / .milliseconds(1))
                    guard hits > 0 else { throw NothingFound(text: text) }
                }
                median.add(Statistics.quantile(0.5, of: times) ?? 0, of: Figure.ours)
                tail.add(Statistics.quantile(0.99, of: times) ?? 0, of: Figure.ours)
            }
            report.figures += [median, tail]
            report.plans.append(try await plan(question, town, site))
        }
        report.size = try await site.stack.sql(
            """
            SELECT count(*) || ' rows, ' || pg_size_pretty(pg_relation_size('intake.search_entry')) || ', index '
                || pg_size_pretty(pg_relation_size('intake.search_entry_by_token')) FROM intake.search_entry
            """, database: site.name
        ).trimmingCharacters(in: .whitespacesAndNewlines)
        return report
    }

    private func ask(_ text: String, _ requester: AMQPRequester) async throws -> SearchRegistryAnswer {
        let envelope = Envelope(
            id: UUID.v7().text, source: "/bench", type: SearchRegistry.wireType, time: Date(), authtype: "user",
            authid: "bench")
        let message = OutgoingMessage(
            exchange: MendloopTopology.queries, routingKey: SearchRegistry.routingKey,
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", messageID: envelope.id, type: envelope.type,
                appID: "bench"),
            body: Array(try WireJSON.encoder().encode(CloudEvent(envelope, SearchRegistry(text: text)))))
        let delivery = try await requester.request(message, timeout: .seconds(30))
        return try WireJSON.decoder().decode(CloudEvent<SearchRegistryAnswer>.self, from: Data(delivery.body)).data
    }

    /// How the database finds it; the tokens are those of docs/registry.md.
    private func plan(_ question: SearchQuestion, _ town: SearchTown, _ site: BenchSite) async throws -> String {
        let token = question.token(town)
        let plan = try await site.stack.sql(
            """
            EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF)
            SELECT state FROM intake.search_entry WHERE tokens && ARRAY['\(token)'] LIMIT 21
            """, database: site.name)
        return "\(question.name), token \(token)\n\(plan.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    struct NothingFound: Error, CustomStringConvertible {
        let text: String
        var description: String { "nothing was found for \(text), which is there" }
    }
}

/// What `bench search` found.
public struct SearchReport: Sendable, Encodable {
    public var devices: Int
    public var customers: Int
    public var orders: Int
    /// How long the customers and devices took to import, seconds.
    public var importSeconds = 0.0
    public var figures: [Figure] = []
    public var plans: [String] = []
    /// Of the table of search entries and its index.
    public var size = ""

    /// For a terminal.
    public var text: String {
        """
        \(devices) devices, \(customers) customers and \(orders) work orders; imported in \
        \(FigureTable.number(importSeconds)) s, \(Int(Double(devices + customers) / max(importSeconds, 0.001))) rows a second
        search entries: \(size)

        \(FigureTable(figures, peers: []).text)

        \(plans.joined(separator: "\n\n"))
        """
    }
}
