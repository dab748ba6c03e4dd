import DomainContracts
import Foundation
import ServiceKit

/// Writes a service contract, or a new wording of it.
struct WriteContract: CommandHandler {
    func keys(_ command: RegisterContract, _ keys: inout Keys) { keys.need(Contract.self, command.contractId) }

    func decide(_ command: RegisterContract, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let refusal = Refusal.invalid(problems(command)) { throw refusal }
        let contract = Contract(command, status: command.endsOn > turn.now ? .active : .ended)
        let known = turn.get(Contract.self, command.contractId)
        if let known, known.contractNumber != contract.contractNumber {
            throw .conflict("number-differs", "A contract keeps its number")
        }
        if known != contract {
            turn.set(contract, command.contractId)
            turn.emit(contract.changed, about: Contract.self, command.contractId)
            if contract.status == .active {
                turn.schedule(EndContract.self, for: command.contractId, at: command.endsOn)
            }
        }
        return Acknowledgement(
            subject: Contract.subject(command.contractId), version: turn.version(Contract.self, command.contractId),
            status: contract.status.rawValue)
    }

    private func problems(_ command: RegisterContract) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if command.contractNumber.isEmpty {
            problems.append(FieldProblem("/data/contractNumber", "required", "a contract has a number"))
        }
        if command.customerNumber.isEmpty {
            problems.append(FieldProblem("/data/customerNumber", "required", "a contract has a customer"))
        }
        if !command.contractType.isKnown {
            problems.append(FieldProblem("/data/contractType", "unknown-value", "no type of contract we know"))
        }
        if !command.responseLevel.isKnown {
            problems.append(FieldProblem("/data/responseLevel", "unknown-value", "no response level we know"))
        }
        if command.endsOn <= command.startsOn {
            problems.append(FieldProblem("/data/endsOn", "out-of-range", "after startsOn"))
        }
        if command.price.amount < 0 {
            problems.append(FieldProblem("/data/price/amount", "out-of-range", "zero or more"))
        }
        if let quota = command.visitQuota, quota < 1 {
            problems.append(FieldProblem("/data/visitQuota", "out-of-range", "one or more"))
        }
        return problems
    }
}

/// A contract's term is over.
struct EndContract: TimerHandler {
    static let kind = "contract-end"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(Contract.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var contract = turn.get(Contract.self, timer.id), contract.status == .active,
            contract.endsOn <= timer.dueAt
        else { return }
        contract.status = .ended
        turn.set(contract, timer.id)
        turn.emit(contract.changed, about: Contract.self, timer.id)
    }
}
