import Foundation
import FoundationNetworking
import ServiceKit
import Testing

@testable import LocalStack

/// A real Prometheus, of the test's own, that looks every second.
final class PrometheusServer {
    static let program = ["/usr/bin/prometheus", "/usr/local/bin/prometheus"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// One that fires.
    struct Alert: Decodable {
        let labels: [String: String]
        let state: String
    }

    private let folder: URL
    private let port: UInt16
    private let process: Companion

    /// Begins to look at every service and the broker of an installation.
    ///
    /// - Parameter rules: as in deploy/monitoring/rules.yml.
    init(lookingAt installation: Installation, rules: String) throws {
        let program = try #require(Self.program)
        folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-prometheus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(rules.utf8).write(to: folder.appending(path: "rules.yml"))
        let broker = try #require(try installation.stack.addresses().brokerMetricsPort)
        try Data(Self.configuration(installation.services.copies, broker).utf8).write(
            to: folder.appending(path: "prometheus.yml"))
        port = try LoopbackPorts.free(1)[0]
        // It greets nobody itself.
        process = try Companion(
            URL(fileURLWithPath: "/bin/sh"),
            [
                "-c", #"echo ready; exec "$0" "$@" >/dev/null"#, program,
                "--config.file=\(folder.path)/prometheus.yml", "--storage.tsdb.path=\(folder.path)/data",
                "--web.listen-address=127.0.0.1:\(port)",
            ])
    }

    deinit {
        process.kill()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Alerts that fire; none while it does not answer yet.
    func firing() async throws -> [Alert] {
        struct Answer: Decodable {
            struct Data: Decodable { let alerts: [Alert] }
            let data: Data
        }
        guard let body = try await get("alerts", [:]) else { return [] }
        return try JSONDecoder().decode(Answer.self, from: body).data.alerts.filter { $0.state == "firing" }
    }

    /// The first value that a query gives; nil where it gives none, or nobody answers yet.
    ///
    /// - Throws: when Prometheus does not understand it.
    func value(of query: String) async throws -> Double? {
        struct Answer: Decodable {
            struct Data: Decodable { let result: [Sample] }
            let data: Data
        }
        struct Sample: Decodable {
            let value: Double?
            init(from decoder: any Decoder) throws {
                enum Key: CodingKey { case value }
                var pair = try decoder.container(keyedBy: Key.self).nestedUnkeyedContainer(forKey: .value)
                _ = try pair.decode(Double.self)
                value = Double(try pair.decode(String.self))
            }
        }
        guard let body = try await get("query", ["query": query]) else { return nil }
        return try JSONDecoder().decode(Answer.self, from: body).data.result.first?.value
    }

    /// Nil while nobody answers.
    private func get(_ path: String, _ query: [String: String]) async throws -> Data? {
        var place = try #require(URLComponents(string: "http://127.0.0.1:\(port)/api/v1/\(path)"))
        place.queryItems = query.map { URLQueryItem(name: $0.key, value: $0.value) }
        place.percentEncodedQuery = place.percentEncodedQuery?.replacing("+", with: "%2B")
        let url = try #require(place.url)
        guard let (body, response) = try? await URLSession.shared.answer(to: URLRequest(url: url)) else { return nil }
        let status = (response as? HTTPURLResponse)?.statusCode
        // It has begun and is not ready.
        if status == 503 { return nil }
        guard status == 200 else {
            throw Refused(words: String(decoding: body, as: UTF8.self))
        }
        return body
    }

    struct Refused: Error { let words: String }

    private static func configuration(_ copies: [ServiceProcesses.Copy], _ broker: UInt16) -> String {
        let targets = copies.map {
            "      - {targets: [\"127.0.0.1:\($0.httpPort)\"], labels: {service: \($0.service)}}\n"
        }
        return """
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
            rule_files: [rules.yml]
            scrape_configs:
              - job_name: mendloop
                honor_labels: true
                static_configs:
            \(targets.joined())
              - job_name: rabbitmq
                static_configs: [{targets: ["127.0.0.1:\(broker)"]}]
              - job_name: rabbitmq-queues
                metrics_path: /metrics/detailed
                params: {family: [queue_coarse_metrics, queue_consumer_count]}
                static_configs: [{targets: ["127.0.0.1:\(broker)"]}]
            """
    }
}
