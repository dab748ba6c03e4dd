import Foundation
import Testing

@Suite("The house is built as it is drawn")
struct ArchitectureTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every source of the shared modules, the services and the tools.
    private static let read = Result {
        try ["Shared", "Services", "Tools"].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path()).sorted()
                .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".sql") || $0.hasSuffix(".c") || $0.hasSuffix(".h") }
                .map { path in
                    let url = root.appending(path: folder).appending(path: path)
                    return SourceFile(path: "\(folder)/\(path)", text: try String(contentsOf: url, encoding: .utf8))
                }
        }
    }

    @Test("the sources keep the rule", arguments: Rule.all)
    func keeps(_ rule: Rule) throws {
        let violations = try Self.read.get().flatMap(rule.violations)
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }

    @Test("the rules look at every module and service there is")
    func seesEverything() throws {
        let sources = try Self.read.get()
        let folders = Set(
            sources.filter(\.isSwift).map { $0.path.split(separator: "/").prefix(2).joined(separator: "/") })
        #expect(
            folders.isSuperset(of: [
                "Shared/AMQP", "Shared/DomainContracts", "Shared/PollThread", "Shared/Postgres", "Shared/ServiceKit",
                "Services/Billing", "Services/Dispatch", "Services/Feedback", "Services/FieldService",
                "Services/Intake", "Services/Inventory", "Tools/MendloopCLI",
            ]))
        #expect(sources.count > 200)
        #expect(sources.contains { $0.path.hasSuffix("StateMachine.swift") })
        #expect(sources.contains { $0.path.contains("/Domain/") })
    }

    @Test("the manifest lets every service and tool reach shared modules only")
    func manifest() throws {
        let text = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        // Test targets may import the services they test.
        let shipped = text.firstRange(of: "func tests()").map { text[..<$0.lowerBound] } ?? text[...]
        let dependencies = shipped.matches(of: /dependencies: \[([^\]]*)\]/).map { String($0.1) }
        #expect(dependencies.count > 5)
        for list in dependencies {
            for service in Rule.services { #expect(!list.contains("\"\(service)\"")) }
        }
    }
}
