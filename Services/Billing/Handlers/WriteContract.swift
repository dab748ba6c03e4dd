import DomainContracts
import Foundation
import ServiceKit

/// Writes a service contract, or a new wording of it.
struct WriteContract: CommandHandler {
    let policy: BillingPolicy

    func keys(_ command: RegisterContract, _ keys: inout Keys) { keys.need(command) }

    func decide(_ command: RegisterContract, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        _ = try turn.register(command, policy)
        return Acknowledgement(
            subject: Contract.subject(command.contractId), version: turn.version(Contract.self, command.contractId),
            status: turn.get(Contract.self, command.contractId)?.status.rawValue)
    }
}

extension Keys {
    mutating func need(_ command: RegisterContract) {
        need(Contract.self, command.contractId)
        need(ContractNumber.self, BillingID.contractNumber(command.contractNumber))
    }
}

extension Turn {
    /// The contract that has a number.
    mutating func contract(numbered number: String) -> UUID? {
        get(ContractNumber.self, BillingID.contractNumber(number))?.contractId
    }

    /// Registers a contract, or says why not; nothing is set when it is refused.
    mutating func register(_ command: RegisterContract, _ policy: BillingPolicy) throws(Refusal) -> RowOutcome {
        if let refusal = Refusal.invalid(command.problems(policy)) { throw refusal }
        let contract = Contract(command, status: command.endsOn > now ? .active : .ended)
        let known = get(Contract.self, command.contractId)
        if let known, known.contractNumber != contract.contractNumber {
            throw .conflict("number-differs", "A contract keeps its number")
        }
        if let holder = self.contract(numbered: contract.contractNumber), holder != command.contractId {
            throw .conflict("number-taken", "Another contract has this number", detail: holder.text)
        }
        try check(command.expectedVersion, of: Contract.self, command.contractId, "contract")
        guard known != contract else { return .unchanged }
        set(contract, command.contractId)
        let key = BillingID.contractNumber(contract.contractNumber)
        if get(ContractNumber.self, key) == nil {
            set(ContractNumber(number: contract.contractNumber, contractId: command.contractId), key)
        }
        emit(contract.changed, about: Contract.self, command.contractId)
        if contract.status == .active { schedule(EndContract.self, for: command.contractId, at: command.endsOn) }
        return known == nil ? .created : .updated
    }
}

extension RegisterContract {
    fileprivate func problems(_ policy: BillingPolicy) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if contractNumber.isEmpty {
            problems.append(FieldProblem("/data/contractNumber", "required", "a contract has a number"))
        }
        if customerNumber.isEmpty {
            problems.append(FieldProblem("/data/customerNumber", "required", "a contract has a customer"))
        }
        if !contractType.isKnown {
            problems.append(FieldProblem("/data/contractType", "unknown-value", "no type of contract we know"))
        }
        if !responseLevel.isKnown {
            problems.append(FieldProblem("/data/responseLevel", "unknown-value", "no response level we know"))
        }
        if endsOn <= startsOn { problems.append(FieldProblem("/data/endsOn", "out-of-range", "after startsOn")) }
        if price.amount < 0 { problems.append(FieldProblem("/data/price/amount", "out-of-range", "zero or more")) }
        if price.currency != policy.currency {
            problems.append(
                FieldProblem("/data/price/currency", "currency-mismatch", "the books are kept in \(policy.currency)"))
        }
        if let quota = visitQuota, quota < 1 {
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
