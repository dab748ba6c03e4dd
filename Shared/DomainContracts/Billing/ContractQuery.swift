import FoundationEssentials

/// One contract as `register-contract` says it, by id or number.
public struct ContractQuery: Query, Equatable {
    public typealias Reply = ContractAnswer
    public static let service = ServiceName.billing
    public static let wireName = "contract"

    public var contractId: UUID?
    public var contractNumber: String?

    public init(contractId: UUID? = nil, contractNumber: String? = nil) {
        self.contractId = contractId
        self.contractNumber = contractNumber
    }
}

/// A contract; `found` false when there is none.
public struct ContractAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    /// For `expectedVersion`.
    public var version: Int?
    public var contract: RegisterContract?
    public var status: ContractStatus?

    public init(
        found: Bool, version: Int? = nil, contract: RegisterContract? = nil, status: ContractStatus? = nil
    ) {
        self.found = found
        self.version = version
        self.contract = contract
        self.status = status
    }
}
