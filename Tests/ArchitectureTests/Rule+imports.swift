/// Who may know whom.
extension Rule {
    static let imports: [Rule] = [
        only(
            ["FoundationEssentials"], below: "Shared/DomainContracts/",
            "the contracts know nothing but Foundation's essentials"),
        only(system + ["CShims"], below: "Shared/PollThread/", "PollThread stands on C alone"),
        only(system + ["PollThread", "CRabbitMQ"], below: "Shared/AMQP/", "AMQP knows PollThread and librabbitmq"),
        only(system + ["PollThread", "CLibPQ"], below: "Shared/Postgres/", "Postgres knows PollThread and libpq"),
        only(["CQREncode"], below: "Shared/QRCode/", "QR codes know libqrencode and nothing else"),
        only(
            system + ["CShims"], below: "Shared/LocalStack/", "the private stack knows nothing of Mendloop's services"),
        only(["Foundation", "CryptoExtras"], below: "Shared/Passwords/", "passwords know scrypt and nothing else"),
        only(["Foundation", "FoundationEssentials"], below: "Shared/Routing/", "routing knows nothing of Mendloop"),
        only(
            ["FoundationEssentials", "DomainContracts"], below: "Shared/JSONLogic/",
            "JsonLogic knows JSON values and nothing else"),
        only(
            ["FoundationEssentials", "DomainContracts", "JSONLogic", "Routing"], below: "Shared/Dispatching/",
            "decisions are pure: contracts, logic and routing only"),
        Rule.lines("bindings import their C module internally", in: { _ in true }, marks: cModules) { line in
            guard let module = importedModule(line), cModules.contains(module) else { return nil }
            return line.hasPrefix("internal import ") ? nil : line
        },
        Rule.lines(
            "C modules belong to their binding",
            in: { file in !["AMQP", "Postgres", "QRCode"].contains { file.path.hasPrefix("Shared/\($0)/") } },
            marks: cModules
        ) { line in
            importedModule(line).flatMap { cModules.contains($0) ? line : nil }
        },
        Rule(description: "a service imports no other service, nor what tests and tools are made of") { file in
            guard file.path.hasPrefix("Services/") else { return [] }
            return imported(in: file, services.union(["ServiceTesting", "LocalStack", "Simulation", "MendloopCLI"]))
        },
        Rule(description: "the domain is pure: contracts and Foundation's essentials only") { file in
            let parts = file.path.split(separator: "/")
            guard parts.count > 3, parts[0] == "Services", parts[2] == "Domain" else { return [] }
            let allowed: Set<String> = ["DomainContracts", "FoundationEssentials"]
            let own: Set<String> =
                switch parts[1] {
                case "Intake": ["FoundationInternationalization"]
                case "Dispatch": ["Dispatching"]
                default: []
                }
            return importedModules(in: file).filter { !allowed.union(own).contains($0.module) }
                .map { ($0.line, "import \($0.module)") }
        },
        Rule(description: "tools use the public contract only: they import no service") { file in
            file.path.hasPrefix("Tools/") ? imported(in: file, services) : []
        },
        Rule(description: "what is shared imports no service and no tool") { file in
            guard file.path.hasPrefix("Shared/") else { return [] }
            return imported(in: file, services.union(["Simulation", "MendloopCLI"]))
        },
    ]

    static let services: Set<String> = [
        "Intake", "DispatchService", "FieldService", "Inventory", "Billing", "Feedback", "Console",
    ]

    private static let cModules = ["CRabbitMQ", "CLibPQ", "CQREncode"]

    private static let system = [
        "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Synchronization", "Dispatch",
    ]

    private static func only(_ modules: [String], below folder: String, _ description: String) -> Rule {
        Rule(description: description) { file in
            guard file.path.hasPrefix(folder) else { return [] }
            return importedModules(in: file).filter { !modules.contains($0.module) }
                .map { ($0.line, "import \($0.module)") }
        }
    }

    private static func imported(in file: SourceFile, _ forbidden: Set<String>) -> [(line: Int, what: String)] {
        importedModules(in: file).filter { forbidden.contains($0.module) }.map { ($0.line, "import \($0.module)") }
    }

    private static func importedModules(in file: SourceFile) -> [(line: Int, module: String)] {
        guard file.isSwift else { return [] }
        return file.code.enumerated().compactMap { index, line in
            importedModule(line).map { (index + 1, $0) }
        }
    }

    private static func importedModule(_ line: String) -> String? {
        guard line.contains("import ") else { return nil }
        return line.firstMatch(
            of:
                /^\s*(?:@\w+(?:\(\w+\))?\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        ).map { String($0.1) }
    }
}
