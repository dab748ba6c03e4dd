import Foundation
import ServiceKit

/// The one HTTP door: what comes in becomes a command or a query, and what the services answer goes out.
@main
struct ConsoleMain {
    static func main() async {
        do {
            switch CommandLine.arguments.dropFirst().first ?? "run" {
            case "run": try await Console(ConsoleSettings()).run()
            case "migrate":
                let settings = try ServiceSettings(service: ConsoleSettings.service)
                ServiceLogging.bootstrap(settings)
                try await ServiceRunner.migrate(settings) { _ in try ReadModelsApp.definition { _, _ in nil } }
            case "health": ServiceRunner.leave(try await ServiceProbe(service: ConsoleSettings.service).exitCode())
            case let verb: throw UnknownVerb(verb: verb)
            }
        } catch {
            FileHandle.standardError.write(Data("\(ConsoleSettings.service): \(error)\n".utf8))
            ServiceRunner.leave(1)
        }
        ServiceRunner.leave(0)
    }

    private struct UnknownVerb: Error, CustomStringConvertible {
        let verb: String
        var description: String { "“\(verb)” is no verb of console; expected run, migrate or health" }
    }
}
