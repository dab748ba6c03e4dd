import Foundation
import Testing

@testable import ServiceKit

@Suite("What deploy/monitoring looks at")
struct MonitoringFilesTests {
    private static let folder = "deploy/monitoring"

    /// Ours, and those of the broker and of Prometheus itself that docs/metrics.md lists.
    private static var known: Set<String> {
        get throws {
            let ours = (MetricCatalog.entries + MetricCatalog.process).flatMap(\.series)
            let broker = try Repository.text("docs/metrics.md").matches(of: /\n\| `(rabbitmq_\w+)` \|/).map {
                String($0.1)
            }
            #expect(broker.count >= 9)
            return Set(ours + broker + ["up"])
        }
    }

    @Test(
        "a query's metrics are found, and nothing else of it is taken for one",
        arguments: [
            ("max by (service, reason) (mendloop_dead_messages) > 0", ["mendloop_dead_messages"]),
            (
                #"sum(rate(a_total{status=~"5..",x="b(c)"}[5m])) / sum(rate(b_total[1h:5m] offset 1d)) > 1e3"#,
                ["a_total", "b_total"]
            ),
            (
                "histogram_quantile(0.99, sum by (le) (rate(x_bucket[$__rate_interval]))) and on(a) up == bool 0",
                ["up", "x_bucket"]
            ),
        ])
    func names(expression: String, metrics: [String]) {
        #expect(QueryNames.metrics(in: expression) == Set(metrics))
    }

    @Test("every alert names metrics that are there, and a section of the runbook that is there")
    func alerts() throws {
        let alerts = try Alert.all(in: Repository.text("\(Self.folder)/rules.yml"))
        #expect(alerts.count >= 12)
        let runbook = try Repository.text("docs/runbook.md")
        let sections = Set(runbook.matches(of: /\n## (\w+)\n/).map { $0.1.lowercased() })
        for alert in alerts {
            let unknown = QueryNames.metrics(in: alert.expression).subtracting(try Self.known)
            #expect(unknown == [], "\(alert.name)")
            #expect(!QueryNames.metrics(in: alert.expression).isEmpty, "\(alert.name)")
            #expect(alert.runbook == "docs/runbook.md#\(alert.name.lowercased())")
            #expect(sections.contains(alert.name.lowercased()), "the runbook does not speak of \(alert.name)")
        }
        #expect(sections == Set(alerts.map { $0.name.lowercased() }), "the runbook speaks of no other")
        for section in runbook.split(separator: "\n## ").dropFirst() {
            for part in ["**What it means.**", "**Look.**", "**Do.**"] { #expect(section.contains(part), "\(section)") }
        }
    }

    @Test("every expression of a dashboard names metrics that are there", arguments: ["operations", "business"])
    func dashboards(_ name: String) throws {
        let file = Repository.root.appending(path: "\(Self.folder)/dashboards/\(name).json")
        let dashboard = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
        let expressions = Self.texts(of: "expr", in: dashboard)
        #expect(expressions.count >= 8)
        let known = try Self.known
        for expression in expressions {
            let names = QueryNames.metrics(in: expression)
            #expect(!names.isEmpty && names.isSubset(of: known), "\(expression): \(names.subtracting(known))")
        }
        for variable in Self.texts(of: "query", in: dashboard) {
            let metric = try #require(variable.firstMatch(of: /^label_values\((\w+), ?\w+\)$/)?.1)
            #expect(known.contains(String(metric)))
        }
    }

    private static func texts(of key: String, in value: Any) -> [String] {
        if let object = value as? [String: Any] {
            return object.flatMap { name, inner in
                if name == key, let text = inner as? String { return [text] }
                return texts(of: key, in: inner)
            }
        }
        return (value as? [Any] ?? []).flatMap { texts(of: key, in: $0) }
    }

    @Test("every broker of the cluster's overlay is looked at, and has a certificate and TLS")
    func brokers() throws {
        let cluster = try Repository.text("deploy/compose.cluster.yml")
        let nodes = Set(cluster.matches(of: /\n  (rabbitmq(?:-\d)?):\n/).map { String($0.1) })
        #expect(nodes == ["rabbitmq", "rabbitmq-2", "rabbitmq-3"])
        let looked = try Repository.text("\(Self.folder)/prometheus.yml").firstMatch(of: /\{names: \[(rabbitmq.*?)\]/)?
            .1
        #expect(Set((looked ?? "").split(separator: ", ").map(String.init)) == nodes)
        let certified = try Repository.text("deploy/tls/new-certificates").firstMatch(of: /\nfor server in (.+); do/)?.1
        #expect(nodes.isSubset(of: Set((certified ?? "").split(separator: " ").map(String.init))))
        let secured = try Repository.text("deploy/compose.cluster-tls.yml")
        for node in nodes { #expect(secured.contains("\(node):5671,") || secured.contains("\(node):5671/"), "\(node)") }
    }

    @Test(
        "promtool finds nothing wrong with the rules, and each alert fires and clears as its test says",
        .enabled(if: Promtool.path != nil, "promtool is not installed: apt install prometheus"))
    func promtool() throws {
        let folder = Repository.root.appending(path: Self.folder)
        let checked = try Promtool.run(["check", "rules", "rules.yml"], in: folder)
        #expect(checked.status == 0, "\(checked.output)")
        let tested = try Promtool.run(["test", "rules", "rules.test.yml"], in: folder)
        #expect(tested.status == 0, "\(tested.output)")
        let configuration = try Promtool.run(["check", "config", "prometheus.yml"], in: folder)
        #expect(configuration.status == 0, "\(configuration.output)")
    }

    @Test("each alert has a test in which it fires, and one in which it does not")
    func tested() throws {
        let tests = try Repository.text("\(Self.folder)/rules.test.yml")
        for alert in try Alert.all(in: Repository.text("\(Self.folder)/rules.yml")) {
            let cases = tests.components(separatedBy: "alertname: \(alert.name)\n").dropFirst()
            #expect(cases.contains { $0.hasPrefix("        exp_alerts: []") }, "\(alert.name) never clears")
            #expect(cases.contains { $0.hasPrefix("        exp_alerts:\n") }, "\(alert.name) never fires")
        }
    }
}

/// An alert of a file of rules, in which each of its members stands on a line of its own.
struct Alert {
    let name: String
    let expression: String
    let runbook: String

    static func all(in rules: String) throws -> [Alert] {
        try rules.components(separatedBy: "- alert: ").dropFirst().map { part in
            func line(_ key: String) throws -> String {
                let line = try #require(part.split(separator: "\n").first { $0.contains(" \(key): ") })
                return String(try #require(line.components(separatedBy: " \(key): ").last))
            }
            return Alert(
                name: String(part.prefix { $0 != "\n" }), expression: try line("expr"),
                runbook: try line("runbook_url").replacing(/^"?https?:.*\/(docs\/runbook.md#\w+)"?$/) { String($0.1) })
        }
    }
}
