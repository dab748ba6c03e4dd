import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

/// What a running installation says at `/metrics`, beside what docs/metrics.md says of it.
@Suite("Metrics of a running installation", .slow)
struct MetricsJourneyTests {
    private static let known = MetricCatalog.entries + MetricCatalog.process

    @Test("every service, and console, shows what the catalogue says and nothing else, under the labels that it names")
    func catalogue() async throws {
        let installation = try await Installation.start(scale: 2)
        let door = try await installation.services.startDoor()
        let client = try TestClient(url: try installation.stack.addresses().amqpURL())
        let report = ReportRepair(
            channel: "wechat", customer: ReportedCustomer(name: "王敏", phone: "13800138000"), problem: "漏油")
        _ = try await client.ask(
            report, source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        _ = try await client.ask(IntakeTotalsQuery())
        _ = await HealthPage.get(try #require(door.doorURL), "/v1/nothing")
        await client.close()

        // What depends on what comes is there once it has come: somewhere.
        let pages = try await eventually(within: .seconds(60), "everything in the catalogue is shown") {
            var pages: [String: String] = [:]
            for copy in installation.services.copies {
                pages[copy.service] = await installation.services.metrics(of: copy) ?? ""
            }
            let shown = Set(pages.values.flatMap(Self.families))
            return shown.isSuperset(of: Self.known.map(Self.family)) ? pages : nil
        }
        #expect(pages.count == 7)
        for (service, page) in pages {
            let expected = Self.known.filter { $0.isShown(by: service) }
            let shown = Self.families(page)
            #expect(shown.subtracting(expected.map(Self.family)) == [], "not in the catalogue, of \(service)")
            let gauges = expected.filter { $0.kind == .gauge }.map(Self.family)
            #expect(Set(gauges).subtracting(shown) == [], "not shown by \(service)")
            for series in page.matches(of: #/\n(mendloop_\w+)\{([^\n]*)\} /#) {
                let name = String(series.1)
                let entry = try #require(expected.first { $0.name == name || $0.series.contains(name) }, "\(name)")
                let labels = Set(series.2.matches(of: /(\w+)="/).map { String($0.1) }).subtracting(["le"])
                #expect(labels == Set(entry.labels + ["service"]), "\(name) of \(service)")
                #expect(series.2.contains("service=\"\(service)\""), "\(name) of \(service)")
            }
            if FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool") {
                // A page may be larger than what waits in a pipe.
                let file = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString)")
                try Data(page.utf8).write(to: file)
                defer { try? FileManager.default.removeItem(at: file) }
                let promtool = OutsideProgram(program: URL(fileURLWithPath: "/bin/sh"), environment: [:])
                let (status, said) = try await promtool.run(
                    ["-c", #"exec promtool check metrics <"$0" 2>&1"#, file.path])
                #expect(status == 0 && said.isEmpty, "\(service): \(said)")
            }
        }
        try await installation.stop()
    }

    /// `counter mendloop_…_total`
    private static func family(_ entry: MetricEntry) -> String { "\(entry.kind.rawValue) \(entry.name)" }

    private static func families(_ page: String) -> Set<String> {
        Set(page.matches(of: /# TYPE (\w+) (\w+)/).map { "\($0.2) \($0.1)" })
    }
}
