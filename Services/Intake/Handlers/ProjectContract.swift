import DomainContracts
import Foundation
import ServiceKit

/// Keeps intake's view of a contract; the newest news of it counts.
struct ProjectContract: EventHandler {
    func keys(_ event: ContractChanged, _ keys: inout Keys) {
        keys.need(ContractProjection.self, event.contractId)
        keys.need(ContractIndex.self, indexKeys(event).map(IntakeID.contractIndex))
    }

    func decide(_ event: ContractChanged, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequence ?? ""
        let known = turn.get(ContractProjection.self, event.contractId)
        // What was kept before types were is made whole by the same news, told again.
        if let known, known.sequence > sequence || known.sequence == sequence && known.contractType != nil {
            return .applied
        }
        var contract = ContractProjection(
            contractId: event.contractId, contractNumber: event.contractNumber,
            contractType: event.contractType, status: event.status, customerNumber: event.customerNumber,
            responseLevel: event.responseLevel, cover: event.cover, deviceSerials: event.deviceSerials,
            startsOn: event.startsOn, endsOn: event.endsOn,
            sequence: sequence, visitQuota: event.visitQuota)
        if let known { contract.keepNotes(of: known) }
        turn.set(contract, event.contractId)
        turn.note(ContractChanged.wireName, about: ContractProjection.self, event.contractId)
        for id in contract.planIds ?? [] { turn.follow(contract, plan: id) }
        for key in indexKeys(event) {
            let id = IntakeID.contractIndex(key)
            var index = turn.get(ContractIndex.self, id) ?? ContractIndex(key: key, contractIds: [])
            guard !index.contractIds.contains(event.contractId) else { continue }
            index.contractIds.append(event.contractId)
            turn.set(index, id)
        }
        return .applied
    }

    /// Devices that a contract no longer covers stay in the index: the contract itself is asked.
    private func indexKeys(_ event: ContractChanged) -> [String] {
        LookupKey.contracts(customerNumber: event.customerNumber, serialNumber: nil)
            + event.deviceSerials.flatMap { LookupKey.contracts(customerNumber: nil, serialNumber: $0) }
    }
}
