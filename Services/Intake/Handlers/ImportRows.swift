import DomainContracts
import Foundation
import ServiceKit

/// Registers the rows of an import, each as its own command would, and says of each what became of it.
struct ImportRows: CommandHandler {
    static let mostRows = 1_000

    func keys(_ command: ImportRegistryRows, _ keys: inout Keys) {
        for row in command.rows.prefix(Self.mostRows) {
            if let customer = row.customer { keys.need(customer) }
            if let device = row.device { keys.need(device) }
        }
    }

    func decide(_ command: ImportRegistryRows, _ turn: inout Turn) throws(Refusal) -> RegistryRowsImported {
        guard command.rows.count <= Self.mostRows else {
            throw .invalid("/data/rows", "too-many", "has more than \(Self.mostRows) rows")
        }
        for (index, row) in command.rows.enumerated() where (row.customer == nil) == (row.device == nil) {
            throw .invalid("/data/rows/\(index)", "one-of", "must hold either a customer or a device")
        }
        if command.dryRun { return turn.trying { Self.take(command.rows, &$0) } }
        return Self.take(command.rows, &turn)
    }

    private static func take(_ rows: [RegistryRow], _ turn: inout Turn) -> RegistryRowsImported {
        RegistryRowsImported(
            verdicts: rows.map { row in
                do throws(Refusal) {
                    return RowVerdict(line: row.line, outcome: try register(row, &turn))
                } catch {
                    return RowVerdict(line: row.line, refusal: error)
                }
            })
    }

    private static func register(_ row: RegistryRow, _ turn: inout Turn) throws(Refusal) -> RowOutcome {
        if let customer = row.customer { return try turn.register(customer).outcome }
        if let device = row.device { return try turn.register(device).outcome }
        return .unchanged
    }
}

extension RowVerdict {
    init(line: Int, refusal: Refusal) {
        let problem = refusal.problem
        let outcome: RowOutcome =
            problem.code == Refusal.duplicate ? .duplicate : problem.status == 409 ? .conflict : .invalid
        self.init(
            line: line, outcome: outcome,
            errors: problem.errors.map { error in
                FieldProblem(String(error.pointer.dropFirst("/data".count)), error.code, error.detail)
            })
    }
}
