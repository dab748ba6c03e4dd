import ArgumentParser
import DomainContracts
import Foundation
import Tables

/// Customers, devices, contracts and past services from files; docs/registry.md says which columns there are.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take customers, devices, contracts or past services from a CSV file; the same again changes nothing."
    )

    enum Kind: String, ExpressibleByArgument, CaseIterable { case customers, devices, contracts, history }
    enum Encoding: String, ExpressibleByArgument, CaseIterable {
        case auto
        case utf8 = "utf-8"
        case gb18030
    }

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "What the file holds. Customers come before the devices they have.")
    var kind: Kind

    @Argument(help: "The file; its first line names the columns.", completion: .file(extensions: ["csv"]))
    var file: String

    @Flag(name: .long, help: "Say what would become of each row, and write nothing.")
    var dryRun = false

    @Option(name: .long, help: "HEADING=COLUMN, for a heading that is not known; may be repeated.")
    var map: [ColumnMapping] = []

    @Option(name: .long, help: "How the file is written; auto finds out.")
    var encoding = Encoding.auto

    @Option(name: .long, help: "Where to say what is wrong, line by line; FILE-report.csv when left out.")
    var report: String?

    @Option(name: .long, help: "Where to put the rows that were not taken; FILE-rejected.csv when left out.")
    var rejected: String?

    func run() async throws {
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw ValidationError("\(file) cannot be read")
        }
        let door = try await stack.broker()
        let summary: ImportSummary
        do {
            summary =
                switch kind {
                case .customers: try await take(RegisterCustomer.self, through: door)
                case .devices: try await take(RegisterDevice.self, through: door)
                case .contracts: try await take(ContractSheet.self, through: door)
                case .history: try await take(PastService.self, through: door)
                }
        } catch {
            await door.close()
            throw error
        }
        await door.close()
        print(output.isJSON ? try Output.json(summary) : summary.text)
        if summary.notTaken > 0 {
            Terminal.note("\(reportPath) says why, line by line; mend \(rejectedPath) and import that")
            throw ExitCode.failure
        }
    }

    private var reportPath: String { report ?? file.withoutExtension + "-report.csv" }
    private var rejectedPath: String { rejected ?? file.withoutExtension + "-rejected.csv" }

    private func take<Row: ImportableRow>(_ type: Row.Type, through door: BrokerDoor) async throws -> ImportSummary {
        let written: TextEncoding =
            switch encoding {
            case .auto: try TextEncoding.of(file: file)
            case .utf8: .utf8
            case .gb18030: .gb18030
            }
        let bar = ProgressBar()
        let began = ContinuousClock.now
        defer { bar.finish() }
        let work = RegistryImport<Row>(
            path: file, encoding: written, map: map, dryRun: dryRun, reportPath: reportPath, rejectedPath: rejectedPath,
            send: { try await door.order($0, patience: .seconds(120)) },
            progress: { share, rows in
                let seconds = max(0.001, (ContinuousClock.now - began) / .seconds(1))
                bar.show(share, "\(rows) rows, \(Int(Double(rows) / seconds)) a second")
            },
            note: { Terminal.note($0) })
        return try await work.run()
    }
}

extension String {
    /// `customers` for `customers.csv`.
    fileprivate var withoutExtension: String { hasSuffix(".csv") ? String(dropLast(4)) : self }
}
