import FoundationEssentials

/// Registers many contracts at once, each as `register-contract` would and each for itself. A contract that is known by
/// its number keeps its id. The same rows again change nothing.
public struct ImportContracts: Command, Equatable {
    public typealias Reply = RegistryRowsImported
    public static let service = ServiceName.billing
    public static let wireName = "import-contracts"

    /// True: says what would become of the rows, and writes nothing.
    public var dryRun: Bool
    /// At most 1,000.
    public var rows: [ContractRow]

    public init(dryRun: Bool, rows: [ContractRow]) {
        self.dryRun = dryRun
        self.rows = rows
    }
}

/// One row of an import of contracts.
public struct ContractRow: Codable, Sendable, Equatable {
    /// The sender's own number of it, as in a line of a file.
    public var line: Int
    public var contract: RegisterContract

    public init(line: Int, contract: RegisterContract) {
        self.line = line
        self.contract = contract
    }
}
