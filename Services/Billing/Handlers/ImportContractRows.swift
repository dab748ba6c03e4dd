import DomainContracts
import Foundation
import ServiceKit

/// Registers the contracts of an import, each as its own command would, and says of each what became of it.
struct ImportContractRows: CommandHandler {
    static let mostRows = 1_000

    let policy: BillingPolicy

    func keys(_ command: ImportContracts, _ keys: inout Keys) {
        for row in command.rows.prefix(Self.mostRows) { keys.need(row.contract) }
    }

    func decide(_ command: ImportContracts, _ turn: inout Turn) throws(Refusal) -> RegistryRowsImported {
        guard command.rows.count <= Self.mostRows else {
            throw .invalid("/data/rows", "too-many", "has more than \(Self.mostRows) rows")
        }
        if command.dryRun { return turn.trying { take(command.rows, &$0) } }
        return take(command.rows, &turn)
    }

    private func take(_ rows: [ContractRow], _ turn: inout Turn) -> RegistryRowsImported {
        RegistryRowsImported(
            verdicts: rows.map { row in
                var contract = row.contract
                if let known = turn.contract(numbered: contract.contractNumber) { contract.contractId = known }
                do throws(Refusal) {
                    return RowVerdict(line: row.line, outcome: try turn.register(contract, policy))
                } catch {
                    return RowVerdict(line: row.line, refusal: error)
                }
            })
    }
}

extension RowVerdict {
    fileprivate init(line: Int, refusal: Refusal) {
        let problem = refusal.problem
        let errors = problem.errors.map {
            FieldProblem(String($0.pointer.dropFirst("/data".count)), $0.code, $0.detail)
        }
        self.init(
            line: line, outcome: problem.status == 409 ? .conflict : .invalid,
            errors: errors.isEmpty ? [FieldProblem("/contractNumber", problem.code, problem.title)] : errors)
    }
}
