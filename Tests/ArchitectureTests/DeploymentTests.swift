import Foundation
import Testing

@Suite("The deployment, and what is said of it")
struct DeploymentTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
    }

    private static var overlays: [String] {
        get throws {
            try names(in: "deploy").filter { $0.hasPrefix("compose.") && $0.hasSuffix(".yml") }.map { "deploy/\($0)" }
        }
    }

    @Test("every overlay stands in the table of docs/deploy.md and in .env.example")
    func overlays() throws {
        let overlays = try Self.overlays
        #expect(overlays.count >= 5)
        let (page, example) = (try Self.text("docs/deploy.md"), try Self.text(".env.example"))
        for overlay in overlays {
            #expect(page.contains("\n| `\(overlay)` | "), "\(overlay)")
            #expect(example.contains(overlay), "\(overlay)")
        }
    }

    @Test("nobody is told to name compose's files by -f, which puts COMPOSE_FILE out of force")
    func files() throws {
        let pages = try Self.names(in: "docs").filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }
        for path in try pages + Self.overlays + ["README.md", "docker-compose.yml", ".env.example"] {
            #expect(!(try Self.text(path)).contains(/docker-compose -f [a-z]/), "\(path)")
        }
    }

    @Test(
        "where the runbook speaks of a version of before, it says when there is a way back, and images keep their names"
    )
    func wayBack() throws {
        let runbook = try Self.text("docs/runbook.md")
        for section in runbook.split(separator: "\n## ") where section.contains(/roll[ \n]*back|of before/) {
            #expect(section.contains("](deploy.md#the-way-back)"), "\(section.prefix { $0 != "\n" })")
        }
        #expect(try Self.text("docs/deploy.md").contains("\n## The way back\n"))
        #expect(try Self.text("docker-compose.yml").contains(#"image: "mendloop:${MENDLOOP_TAG:-latest}""#))
    }

    @Test("services come to the broker as its user services, wherever they run, and migrate alone as the administrator")
    func brokerUsers() throws {
        let administrators: Set = ["migrate", "mendloop", "backup", "restore", "x-broker-administration"]
        var services = 0
        for path in try ["docker-compose.yml"] + Self.overlays {
            // The key under which an address stands: of a service, or of what is merged into some.
            var owner = ""
            for line in try Self.text(path).split(separator: "\n") {
                if let key = line.firstMatch(of: /^(?:  )?([a-z-]+):/)?.1 { owner = String(key) }
                guard let user = line.firstMatch(of: /amqps?:\/\/([a-z]+)@/)?.1 else { continue }
                #expect(user == (administrators.contains(owner) ? "mendloop" : "services"), "\(path): \(owner)")
                services += user == "services" ? 1 : 0
            }
        }
        #expect(services == 4)
        for service in ["intake", "dispatch", "field-service", "inventory", "billing", "feedback", "console"] {
            #expect(!(try Self.text("deploy/kubernetes/\(service).yaml")).contains("key: rabbitmq,"), "\(service)")
        }
    }

    @Test(
        "Kubernetes: every manifest is put together with the others, and the tool, a backup and what is scraped are there"
    )
    func kubernetes() throws {
        let folder = "deploy/kubernetes"
        let apart: Set = ["kustomization.yaml", "service.patch.yaml", "monitoring.yaml"]
        let together = try Self.text("\(folder)/kustomization.yaml")
        for name in try Self.names(in: folder) where name.hasSuffix(".yaml") && !apart.contains(name) {
            #expect(together.contains("\n  - \(name)\n"), "\(name)")
        }
        let services = ["intake", "dispatch", "field-service", "inventory", "billing", "feedback", "console"]
        let (tools, scraped) = (try Self.text("\(folder)/tools.yaml"), try Self.text("\(folder)/monitoring.yaml"))
        #expect(together.contains("{kind: Deployment, name: \(services.joined(separator: "|"))}"))
        #expect(scraped.contains("values: [\(services.joined(separator: ", "))]"))
        for service in services {
            let name = "MENDLOOP_\(service.uppercased().replacing("-", with: "_"))_HTTP_URL"
            #expect(tools.contains(#"{name: \#(name), value: "http://\#(service):8081"}"#))
            let own = try Self.text("\(folder)/\(service).yaml")
            #expect(own.contains("kind: Service\nmetadata:\n  name: \(service)\n"))
        }
        // Jobs of the alerts' expressions, by the names that Prometheus has there.
        for job in ["mendloop", "rabbitmq", "rabbitmq-queues"] {
            #expect(scraped.contains("{targetLabel: job, replacement: \(job)}"))
        }
        #expect(scraped.contains("targetLabel: service}"))
        #expect(try Self.text("\(folder)/backup.yaml").contains("args: [mendloop, backup, --to, /backups, --keep,"))
    }

    @Test("Kubernetes: a changed password is set by the job before any service reads it")
    func changedPassword() throws {
        let page = try Self.text("docs/kubernetes.md")
        let steps = [
            "create secret generic mendloop --from-file=deploy/secrets --dry-run", "delete job migrate\n",
            "apply --kustomize", "wait --for=condition=complete", "rollout restart deployment\n",
        ]
        var rest = page[...]
        for step in steps {
            let place = try #require(rest.range(of: step), "\(step)")
            rest = rest[place.upperBound...]
        }
    }

    @Test("with TLS the broker's management is asked by https, by whoever asks it")
    func management() throws {
        let overlay = try Self.text("deploy/compose.tls.yml")
        #expect(!overlay.contains("http://"))
        #expect(overlay.matches(of: /MANAGEMENT_URL: "https:/).count == 2)
        let broker = try Self.text("deploy/tls/rabbitmq.conf")
        for line in ["listeners.tcp = none", "management.ssl.port = 15672", "management.ssl.certfile = "] {
            #expect(broker.contains("\(line)"))
        }
        #expect(!broker.contains("management.tcp"))
        // Who has the address has to believe the authority.
        let askers = try Self.text("docker-compose.yml").matches(of: /\n      <<: \[?\*broker-administration/).count
        #expect(askers == 2 && overlay.matches(of: /volumes: \*trust-of-tools/).count == 3)
    }

    @Test("no page tells to remove a user of the broker in order to bring it up to date: its queue would go too")
    func outsiders() throws {
        for page in try Self.names(in: "docs") where page.hasSuffix(".md") {
            #expect(!(try Self.text("docs/\(page)")).contains(/removed and added|remove and add/), "\(page)")
        }
    }

    @Test(
        "certificates are made once, and anew when that is asked for; the authority stays while it outlives them",
        .enabled(if: geteuid() == 0, "keys are handed to other users"))
    func certificates() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = folder.appending(path: "new-certificates")
        try FileManager.default.copyItem(at: Self.root.appending(path: "deploy/tls/new-certificates"), to: script)
        func run(_ arguments: String...) throws -> Int32 {
            let process = Process()
            process.executableURL = script
            process.arguments = arguments
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
        func made() throws -> [String] {
            try ["ca", "postgres", "rabbitmq"].map {
                try String(contentsOf: folder.appending(path: "certificates/\($0).pem"), encoding: .utf8)
            }
        }
        #expect(try run() == 0)
        let first = try made()
        #expect(try run() == 0)
        #expect(try made() == first)
        #expect(try run("--renew") == 0)
        let renewed = try made()
        #expect(renewed[0] == first[0] && renewed[1] != first[1] && renewed[2] != first[2])
        #expect(try run("--anew") == 64)
    }

    @Test("every container of compose's files is without capabilities, and has limits of processes, memory and log")
    func contained() throws {
        var containers: [String] = []
        for path in try ["docker-compose.yml"] + Self.overlays {
            let blocks = try Self.blocks(of: path)
            for (name, text) in blocks where !name.hasPrefix("x-") {
                let whole = Self.resolved(text, blocks)
                guard whole.contains("image: ") else { continue }
                containers.append(name)
                for part in ["cap_drop:", "no-new-privileges:true", "pids_limit: ", "mem_limit: ", "max-size: "] {
                    #expect(whole.contains(part), "\(path): \(name) lacks \(part)")
                }
            }
        }
        for name in ["postgres", "rabbitmq", "intake", "console", "backup", "rabbitmq-3", "prometheus", "grafana"] {
            #expect(containers.contains(name), "\(name)")
        }
    }

    @Test("no secret of an overlay comes by environment where secrets come from files")
    func secretFiles() throws {
        #expect(try Self.text("deploy/compose.monitoring.yml").contains("PASSWORD__FILE: /run/secrets/grafana"))
        for path in try Self.overlays {
            #expect(!(try Self.text(path)).contains(/PASSWORD: +"?\$\{/), "\(path)")
        }
    }

    /// What stands under each service, and under each `x-…`.
    private static func blocks(of path: String) throws -> [String: String] {
        var (blocks, name, isService): ([String: String], String, Bool) = ([:], "", false)
        for line in try text(path).split(separator: "\n") {
            if let key = line.firstMatch(of: /^([a-z-]+):/)?.1 {
                (name, isService) = (key.hasPrefix("x-") ? String(key) : "", key == "services")
            } else if isService, let key = line.firstMatch(of: /^  ([a-z0-9-]+):/)?.1 {
                name = String(key)
            }
            blocks[name, default: ""] += "\n" + line
        }
        return blocks
    }

    /// With what it takes over from others.
    private static func resolved(_ text: String, _ blocks: [String: String]) -> String {
        let taken = text.matches(of: /<<: ([^\n]*)/).flatMap { $0.1.matches(of: /\*([a-z-]+)/).map { $0.1 } }
        return taken.reduce(text) { text, anchor in
            let block = blocks.values.first { $0.contains(" &\(anchor)\n") }
            return text + (block.map { resolved($0, blocks) } ?? "")
        }
    }
}
