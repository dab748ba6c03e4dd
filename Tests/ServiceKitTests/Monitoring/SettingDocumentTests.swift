import Foundation
import Testing

@testable import ServiceKit

@Suite("docs/settings.md")
struct SettingDocumentTests {
    @Test("has a row for each setting of the catalogue; MENDLOOP_WRITE_TABLES=1 writes them anew")
    func table() throws {
        try Repository.expect("docs/settings.md", toHold: Self.table, under: "settings")
    }

    private static var table: String {
        let head = "| setting | read by | expected | by default | what it is |\n| --- | --- | --- | --- | --- |\n"
        let rows = SettingCatalog.entries.map { entry in
            let name = entry.isRequired ? "**`\(entry.name)`**" : "`\(entry.name)`"
            let readers = entry.readers.map(\.name).joined(separator: ", ")
            return "| \(name) | \(readers) | \(entry.value.expected) | \(entry.fallback ?? "") | \(entry.meaning) |\n"
        }
        return head + rows.joined()
    }

    @Test("every variable that a source, a script or a compose file names is in the catalogue, and the other way round")
    func sources() throws {
        var named: Set<String> = []
        for folder in ["Shared", "Services", "Tools", "deploy", "examples"] {
            let root = Repository.root.appending(path: folder).path
            for path in try FileManager.default.subpathsOfDirectory(atPath: root) where !path.contains("SettingCatalog")
            {
                guard [".swift", ".py", ".yml", ".sql", ".sh", "migrate-all"].contains(where: path.hasSuffix),
                    let text = try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
                else { continue }
                named.formUnion(Self.names(in: text))
            }
        }
        for path in ["docker-compose.yml", ".env.example", "mendloop"] {
            named.formUnion(Self.names(in: try Repository.text(path)))
        }
        #expect(named.count > 50)
        #expect(named.filter { SettingCatalog.entry(of: $0) == nil } == [], "read, and not in the catalogue")

        let ours = SettingCatalog.entries.filter { $0.readers != [.tests] }
        let unread = ours.filter { entry in !named.contains(where: entry.matches) }.map(\.name)
        // Made of a service's name where they are read.
        #expect(
            Set(unread).isSubset(of: [
                "MENDLOOP_SERVICE_NUMBER_HTTP_URL", "MENDLOOP_SERVICE_HTTP_URL", "MENDLOOP_SERVICE_DATABASE_URL",
            ]))
    }

    /// Whole names, not beginnings of names, and none of the C headers' constants.
    private static func names(in text: String) -> Set<String> {
        Set(
            text.matches(of: /\b(?:MENDLOOP|OTEL)_[A-Z0-9_]*[A-Z0-9]\b(?![_A-Z0-9]|_?\*)/).map { match in
                let name = String(match.0)
                return name.hasSuffix("_FILE") ? String(name.dropLast(5)) : name
            }.filter {
                !$0.hasPrefix("MENDLOOP_BASIC") && !$0.hasPrefix("MENDLOOP_CHANNEL_CLOSE")
                    && !$0.hasPrefix("MENDLOOP_CONNECTION")
            })
    }
}

@Suite("Looking settings over")
struct SettingsCheckTests {
    private static let good = [
        "MENDLOOP_AMQP_URL": "amqp://u:p@h/v", "MENDLOOP_DATABASE_URL": "postgresql://u:p@h/d",
        "MENDLOOP_LINK_SECRET": String(repeating: "s", count: 32),
    ]

    private func findings(_ changes: [String: String], for services: [String] = ["intake"]) -> [String] {
        SettingsCheck(Self.good.merging(changes) { $1 }, for: services).findings.map { "\($0.name) \($0.what)" }
    }

    @Test("nothing is wrong with what a service needs, and what others read is none of its business")
    func good() {
        #expect(findings([:]) == [])
        #expect(
            findings([
                "MENDLOOP_FIELD_SERVICE_2_HTTP_URL": "http://127.0.0.1:1", "PATH": "/bin",
                "MENDLOOP_WEB_AMQP_URL": "amqp://a@h",
            ]) == [])
    }

    @Test(
        "what is wrong is named, and its value never",
        arguments: [
            ("MENDLOOP_PREFECH", "seven", "is read by nobody; is MENDLOOP_PREFETCH meant?"),
            ("MENDLOOP_SOMETHING_ELSE_ENTIRELY", "seven", "is read by nobody"),
            ("MENDLOOP_PREFETCH", "seven", "is not what is expected: a whole number from 2 to 2000"),
            ("MENDLOOP_LINK_SECRET", "seven", "is not what is expected: a secret of at least 32 bytes"),
            (
                "MENDLOOP_AMQP_URL", "http://seven",
                "is not what is expected: a URL starting with amqp:// or amqps://, several hosts with commas between them"
            ),
            (
                "MENDLOOP_AMQP_URL", "amqp://u:p@a,seven:0/v",
                "is not what is expected: a URL starting with amqp:// or amqps://, several hosts with commas between them"
            ),
            (
                "MENDLOOP_DATABASE_URL", "postgresql://u@a,seven/d?target_session_attrs=standby",
                "is not what is expected: a URL starting with postgres:// or postgresql://, several hosts with commas "
                    + "between them"
            ),
            ("MENDLOOP_TRAVEL", "seven", "is not what is expected: estimate, matrix:PATH or osrm:URL"),
            ("MENDLOOP_HTTP_HOST", "seven", "is not what is expected: an IPv4 or IPv6 address"),
            ("MENDLOOP_INTAKE_THIRD_HTTP_URL", "http://seven", "is read by nobody"),
            ("MENDLOOP_CURRENCY_FILE", "/nowhere/seven", "names a file that cannot be read as text"),
        ])
    func wrong(name: String, value: String, what: String) {
        let found = findings([name: value])
        #expect(found == ["\(name) \(what)"])
        #expect(!found.joined().contains("seven"))
    }

    @Test("what is missing, and what contradicts itself")
    func halves() throws {
        #expect(SettingsCheck([:], for: ["billing"]).findings.map(\.name) == Self.good.keys.sorted())
        #expect(SettingsCheck([:]).findings == [])
        #expect(
            findings(["MENDLOOP_TIME_SCALE": "2"]) == ["MENDLOOP_TIME_EPOCH is not set, and MENDLOOP_TIME_SCALE is"])
        #expect(findings([:], for: ["console"]) == ["MENDLOOP_JWT_SECRET is not set, nor is MENDLOOP_JWT_KEYS"])
        let file = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString)")
        try Data("EUR\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(findings(["MENDLOOP_CURRENCY_FILE": file.path]) == [])
        #expect(
            findings(["MENDLOOP_CURRENCY_FILE": file.path, "MENDLOOP_CURRENCY": "EUR"])
                == ["MENDLOOP_CURRENCY is set, and so is MENDLOOP_CURRENCY_FILE: which of the two is meant?"])
    }
}
