import FoundationEssentials

/// Which contract has a number; found by an id derived from that number.
struct ContractNumber: Codable, Sendable, Equatable {
    let number: String
    let contractId: UUID
}
