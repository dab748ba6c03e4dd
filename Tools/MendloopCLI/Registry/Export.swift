import ArgumentParser
import DomainContracts
import Foundation
import Tables

/// All customers or devices as a file that `import` takes.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write all customers or devices as CSV, in the columns that import reads.")

    enum Kind: String, ExpressibleByArgument, CaseIterable { case customers, devices }

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
                case .customers: try await write(RegisterCustomer.self, .customer, door, target) { $0.customers }
                case .devices: try await write(RegisterDevice.self, .device, door, target) { $0.devices }
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

    private func write<Row: ImportableRow>(
        _ type: Row.Type, _ kind: RegistryKind, _ door: BrokerDoor, _ target: FileHandle,
        _ rows: (ExportRegistryAnswer) -> [Row]
    ) async throws -> Int {
        var count = 0
        var after: UUID?
        try target.write(contentsOf: Data((CSVWriter.byteOrderMark + CSVWriter.line(Row.columns.map(\.name))).utf8))
        repeat {
            let page = try await door.ask(ExportRegistry(kind: kind, after: after, limit: 300))
            let lines = rows(page).map { row in CSVWriter.line(Row.columns.map { $0.write(row) ?? "" }) }
            try target.write(contentsOf: Data(lines.joined().utf8))
            count += lines.count
            after = page.next
        } while after != nil
        return count
    }
}
