import FoundationEssentials

/// A page of all contracts, each as it would be registered again.
public struct ExportContracts: Query, Equatable {
    public typealias Reply = ExportContractsAnswer
    public static let service = ServiceName.billing
    public static let wireName = "export-contracts"

    /// The last answer's `next`; the first page when absent.
    public var after: UUID?
    /// Contracts of the page, 1 to 1,000; 500 when absent.
    public var limit: Int?

    public init(after: UUID? = nil, limit: Int? = nil) {
        self.after = after
        self.limit = limit
    }
}

/// One page.
public struct ExportContractsAnswer: Codable, Sendable, Equatable {
    public var contracts: [RegisterContract]
    /// Where the next page begins; absent on the last.
    public var next: UUID?

    public init(contracts: [RegisterContract], next: UUID? = nil) {
        self.contracts = contracts
        self.next = next
    }
}
