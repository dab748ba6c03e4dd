import ArgumentParser
import DomainContracts
import Foundation
import Tables

/// All customers, devices, contracts or past services as a file that `import` takes.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write all customers, devices, contracts or past services as CSV, in the columns that import reads.")

    enum Kind: String, ExpressibleByArgument, CaseIterable { case customers, devices, contracts, history }

    @OptionGroup var stack: Stack

    @Argument(help: "What to write.")
    var kind: Kind

    @Argument(help: "The file; standard output when left out.", completion: .file())
    var file: String?

    func run() async throws {
        let target = try file.map(Self.create) ?? .standardOutput
        let door = try await stack.broker()
        do {
            let count =
                switch kind {
                case .customers:
                    try await write(RegisterCustomer.self, to: target) {
                        try await Self.registry(.customer, $0, door, \.customers)
                    }
                case .devices:
                    try await write(RegisterDevice.self, to: target) {
                        try await Self.registry(.device, $0, door, \.devices)
                    }
                case .contracts:
                    try await write(ContractSheet.self, to: target) { after in
                        let page = try await door.ask(ExportContracts(after: after, limit: 300))
                        return (page.contracts.map(ContractSheet.init), page.next)
                    }
                case .history:
                    try await write(PastService.self, to: target) { after in
                        let page = try await door.ask(ExportPastServices(after: after, limit: 300))
                        return (page.services, page.next)
                    }
                }
            Terminal.note("\(count) \(kind.rawValue)")
        } catch {
            await door.close()
            throw error
        }
        await door.close()
    }

    private static func create(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw ValidationError("\(path) cannot be written") }
        return file
    }

    private static func registry<Row>(
        _ kind: RegistryKind, _ after: UUID?, _ door: BrokerDoor, _ rows: (ExportRegistryAnswer) -> [Row]
    ) async throws -> (rows: [Row], next: UUID?) {
        let page = try await door.ask(ExportRegistry(kind: kind, after: after, limit: 300))
        return (rows(page), page.next)
    }

    private func write<Row: ImportableRow>(
        _ type: Row.Type, to target: FileHandle, _ page: (UUID?) async throws -> (rows: [Row], next: UUID?)
    ) async throws -> Int {
        var count = 0
        var after: UUID?
        try target.write(contentsOf: Data((CSVWriter.byteOrderMark + CSVWriter.line(Row.columns.map(\.name))).utf8))
        repeat {
            let (rows, next) = try await page(after)
            let lines = rows.map { row in CSVWriter.line(Row.columns.map { $0.write(row) ?? "" }) }
            try target.write(contentsOf: Data(lines.joined().utf8))
            count += lines.count
            after = next
        } while after != nil
        return count
    }
}
