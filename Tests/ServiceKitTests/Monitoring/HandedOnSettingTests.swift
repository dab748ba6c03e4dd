import Foundation
import Testing

@testable import ServiceKit

@Suite("Settings that an operator writes, and what a deployment hands on of them")
struct HandedOnSettingTests {
    private static let services = [
        "intake", "dispatch", "field-service", "inventory", "billing", "feedback", "console",
    ]

    /// What a deployment sets itself, or nobody is to set there.
    private static let settled: Set<String> = [
        "MENDLOOP_AMQP_URL", "MENDLOOP_AMQP_PASSWORD", "MENDLOOP_DATABASE_URL", "MENDLOOP_DATABASE_PASSWORD",
        "MENDLOOP_INSTANCE", "MENDLOOP_HTTP_HOST", "MENDLOOP_HTTP_PORT", "MENDLOOP_TIME_EPOCH", "MENDLOOP_TIME_SCALE",
        "MENDLOOP_DOOR_HOST", "MENDLOOP_DOOR_PORT", "MENDLOOP_ATTACHMENTS",
    ]

    /// Behind a proxy everybody comes from one address.
    private static let otherwise = ["MENDLOOP_SIGN_IN_FAILURES": "0", "MENDLOOP_ATTACHMENT_BYTES_AN_HOUR": "0"]

    private static func entries(of service: String) -> [SettingEntry] {
        SettingCatalog.entries.filter { $0.isRead(by: service) && !settled.contains($0.name) }
    }

    @Test("each setting of a service is handed on by compose, or settled there, and never both", arguments: services)
    func catalogue(service: String) {
        for entry in SettingCatalog.entries where entry.isRead(by: service) {
            #expect(entry.readers.contains(.compose) != Self.settled.contains(entry.name), "\(entry.name)")
        }
    }

    @Test(
        "docker-compose.yml gives it to each service that reads it, with the service's own default", arguments: services
    )
    func compose(service: String) throws {
        let file = "\n" + (try Repository.text("docker-compose.yml"))
        var block = try #require(Self.block("  \(service)", of: file))
        if block.contains("<<: *environment\n") { block += try #require(Self.block("x-environment", of: file)) }
        for entry in Self.entries(of: service) {
            let given = try #require(
                block.firstMatch(of: try Regex(#"\n +\#(entry.name): "\$\{\#(entry.name)(:-|\?)([^}"]*)\}"\n"#)),
                "\(service) is not given \(entry.name)")
            guard given.output[1].substring == ":-", let value = given.output[2].substring, !value.isEmpty else {
                continue
            }
            #expect(String(value) == Self.otherwise[entry.name] ?? entry.fallback, "\(entry.name)")
        }
    }

    @Test("what compose's files take from .env is known as theirs, and stands in .env.example")
    func environmentFile() throws {
        var taken: Set<String> = []
        let overlays = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appending(path: "deploy").path
        ).filter { $0.hasSuffix(".yml") }.map { "deploy/\($0)" }
        #expect(overlays.count >= 5)
        for path in ["docker-compose.yml"] + overlays {
            taken.formUnion(
                try Repository.text(path).matches(of: /\$\{((?:MENDLOOP|OTEL)_[A-Z0-9_]+)/).map { String($0.1) })
        }
        for name in taken {
            #expect(SettingCatalog.entry(of: name)?.readers.contains(.compose) == true, "\(name)")
        }
        let example = try Repository.text(".env.example")
        for entry in SettingCatalog.entries where entry.readers.contains(.compose) {
            #expect(taken.contains(where: entry.matches), "\(entry.name) is handed on nowhere")
        }
        for name in taken { #expect(example.contains(try Regex("\n(# )?\(name)=")), "\(name) is not in .env.example") }
    }

    @Test("on Kubernetes it stands in the ConfigMap of all services, and a secret in a file", arguments: services)
    func kubernetes(service: String) throws {
        let settings = try Repository.text("deploy/kubernetes/settings.yaml")
        let deployment = try Repository.text("deploy/kubernetes/\(service).yaml")
        for entry in Self.entries(of: service) {
            if let line = settings.firstMatch(of: try Regex("\n  \(entry.name): (.*)\n")) {
                let value = (line.output[1].substring ?? "").filter { $0 != "\"" }
                #expect(value.isEmpty || value == Self.otherwise[entry.name] ?? entry.fallback, "\(entry.name)")
            } else {
                #expect((settings + deployment).contains("\(entry.name)_FILE"), "\(service) is not given \(entry.name)")
            }
            #expect(
                !deployment.contains("{name: \(entry.name),"), "\(service).yaml hides the ConfigMap's \(entry.name)")
        }
    }

    @Test("of compose's .env, what it does not hand on is named")
    func lost() {
        func found(_ name: String, _ value: String) -> [String] {
            SettingsCheck([name: value], isOfCompose: true).findings.map { "\($0.name) \($0.what)" }
        }
        let words = "is not handed on by docker-compose.yml: an overlay of your own has to set it"
        #expect(found("MENDLOOP_CURRENCY", "EUR") == [])
        #expect(found("MENDLOOP_FIELD_SERVICE_PASSWORD", "x") == [])
        #expect(found("MENDLOOP_HTTP_PORT", "8081") == ["MENDLOOP_HTTP_PORT \(words)"])
        #expect(found("MENDLOOP_CURRENCY_FILE", "/etc/currency") == ["MENDLOOP_CURRENCY_FILE \(words)"])
        #expect(
            found("MENDLOOP_CURRENCY", "euros") == [
                "MENDLOOP_CURRENCY is not what is expected: three capital letters of ISO 4217"
            ])
        #expect(SettingsCheck(["MENDLOOP_HTTP_PORT": "8081"]).findings == [])
    }

    /// From a key to the next of the same depth.
    private static func block(_ key: String, of file: String) -> String? {
        guard let start = file.range(of: "\n\(key):") else { return nil }
        let depth = key.prefix { $0 == " " }
        let lines = file[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        return "\n" + lines.prefix { $0.isEmpty || $0.hasPrefix(depth + " ") }.joined(separator: "\n") + "\n"
    }
}
