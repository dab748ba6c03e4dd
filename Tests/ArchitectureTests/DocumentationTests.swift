import Foundation
import Testing

@Suite("Documents speak of what is there")
struct DocumentationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test("every source that the walk of one message names is there")
    func walk() throws {
        let named = try Self.text("docs/walk.md").matches(of: /`([A-Za-z\/+]+\.swift)`/).map { String($0.1) }
        #expect(named.count > 20)
        let missing = named.filter { path in
            !["", "Shared/ServiceKit/", "Services/FieldService/"].contains { Self.exists($0 + path) }
        }
        #expect(missing == [])
    }

    @Test(
        "every link of a document leads to a file",
        arguments: [
            "README.md", "docs/adapters.md", "docs/sagas.md", "docs/walk.md", "docs/faults.md", "docs/sla.md",
            "docs/maintenance.md", "docs/metrics.md", "docs/runbook.md", "docs/settings.md", "docs/deploy.md",
            "docs/backup.md", "docs/scale.md",
        ])
    func links(_ document: String) throws {
        let folder = document.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let targets = try Self.text(document).matches(of: /\]\(([^)#:]+)\)/).map { String($0.1) }
        #expect(!targets.isEmpty)
        #expect(targets.filter { !Self.exists(folder + $0) } == [])
    }

    @Test("every link to a section leads to one")
    func sections() throws {
        let pages = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "docs").path)
            .filter { $0.hasSuffix(".md") }
        var checked = 0
        for page in pages {
            for link in try Self.text("docs/\(page)").matches(of: /\]\(([a-z-]+\.md)?#([^)\s]+)\)/) {
                let target = link.1.map(String.init) ?? page
                #expect(try Self.sections(of: "docs/\(target)").contains(String(link.2)), "\(page): \(link.0)")
                checked += 1
            }
        }
        #expect(checked > 10)
    }

    /// Headings as links name them.
    private static func sections(of path: String) throws -> Set<String> {
        Set(
            try text(path).matches(of: /(?:^|\n)#+ ([^\n]+)/).map { heading in
                heading.1.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
                    .replacing(" ", with: "-")
            })
    }

    @Test("the image has PostgreSQL's programs of the server's version")
    func databasePrograms() throws {
        let server = try Self.text("docker-compose.yml").matches(of: /image: postgres:([0-9.]+)-bookworm/).map { $0.1 }
        let programs = try Self.text("deploy/Dockerfile").firstMatch(of: /ARG POSTGRES_VERSION=([0-9.]+)\n/)?.1
        #expect(!server.isEmpty && server.allSatisfy { $0 == programs })
    }
}
