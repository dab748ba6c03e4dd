import ArgumentParser
import LocalStack

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what runs; exits with 3 unless everything does.")

    @OptionGroup var stack: Stack

    func run() async throws {
        let status = try await stack.local.status()
        let database = status.processes.first { $0.name == "postgres" }
        let broker = status.processes.first { $0.name == "rabbitmq" }
        line("PostgreSQL", pid: database?.pid, isReady: status.databaseIsReady)
        line("RabbitMQ", pid: broker?.pid, isReady: status.brokerIsReady)
        for service in status.services {
            line(service.copy.name, pid: service.pid, isReady: service.isReady, at: service.copy.httpURL)
        }
        let services = Set(status.services.filter(\.isReady).map(\.copy.service))
        let everything =
            status.databaseIsReady && status.brokerIsReady && status.services.allSatisfy(\.isReady)
            && services.count == LocalService.allCases.count
        if !everything { throw ExitCode(3) }
    }

    private func line(_ name: String, pid: Int32?, isReady: Bool, at url: String = "") {
        let state = pid.map { "\(isReady ? "ready" : "not ready")  pid \($0)" } ?? "stopped"
        let gap = String(repeating: " ", count: max(1, 18 - name.count))
        print("\(name)\(gap)\(state)\(pid == nil || url.isEmpty ? "" : "  \(url)")")
    }
}
