import Foundation
import Testing

@testable import ServiceKit

@Suite("docs/metrics.md")
struct MetricDocumentTests {
    @Test("has a row for each metric of the catalogue; MENDLOOP_WRITE_TABLES=1 writes them anew")
    func table() throws {
        try Repository.expect("docs/metrics.md", toHold: Self.table, under: "metrics")
    }

    @Test("names what a process tells of itself in the order it is told")
    func process() {
        let page = MetricsRegistry().prometheusText()
        let told = page.matches(of: /# TYPE (\w+) (\w+)/).map { "\($0.1) \($0.2)" }
        #expect(told == MetricCatalog.process.map { "\($0.name) \($0.kind.rawValue)" })
    }

    private static var table: String {
        let head = "| metric | kind | labels | shown by | what it tells |\n| --- | --- | --- | --- | --- |\n"
        let rows = (MetricCatalog.entries + MetricCatalog.process).map { entry in
            let labels = entry.labels.map { "`\($0)`" }.joined(separator: " ")
            let services = entry.services.map { $0.sorted().joined(separator: ", ") } ?? "all"
            return "| `\(entry.name)` | \(entry.kind.rawValue) | \(labels) | \(services) | \(entry.help) |\n"
        }
        return head + rows.joined()
    }
}
