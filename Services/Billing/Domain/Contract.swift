import DomainContracts
import FoundationEssentials

/// A service contract 服务合同, billing's alone; intake's entitlements follow from it.
struct Contract: Codable, Sendable, Equatable {
    let contractId: UUID
    let contractNumber: String
    let contractType: ContractType
    let customerNumber: String
    let responseLevel: ResponseLevel
    let cover: Cover
    let deviceSerials: [String]
    let startsOn: Date
    let endsOn: Date
    let price: Money
    let visitQuota: Int?
    var status: ContractStatus

    init(_ command: RegisterContract, status: ContractStatus) {
        contractId = command.contractId
        contractNumber = command.contractNumber
        contractType = command.contractType
        customerNumber = command.customerNumber
        responseLevel = command.responseLevel
        cover = command.cover
        deviceSerials = command.deviceSerials
        startsOn = command.startsOn
        endsOn = command.endsOn
        price = command.price
        visitQuota = command.visitQuota
        self.status = status
    }

    var changed: ContractChanged {
        ContractChanged(
            contractId: contractId, contractNumber: contractNumber, contractType: contractType, status: status,
            customerNumber: customerNumber, responseLevel: responseLevel, cover: cover, deviceSerials: deviceSerials,
            startsOn: startsOn, endsOn: endsOn, visitQuota: visitQuota)
    }
}
