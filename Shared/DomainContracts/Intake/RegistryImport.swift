import FoundationEssentials

/// Registers many customers or devices at once, each row for itself: one that cannot be taken does not keep the others
/// out. The same rows again change nothing.
public struct ImportRegistryRows: Command, Equatable {
    public typealias Reply = RegistryRowsImported
    public static let service = ServiceName.intake
    public static let wireName = "import-registry-rows"

    /// True: says what would become of the rows, and writes nothing.
    public var dryRun: Bool
    /// At most 1,000.
    public var rows: [RegistryRow]

    public init(dryRun: Bool, rows: [RegistryRow]) {
        self.dryRun = dryRun
        self.rows = rows
    }
}

/// One row: either a customer or a device.
public struct RegistryRow: Codable, Sendable, Equatable {
    /// The sender's own number of it, as in a line of a file.
    public var line: Int
    public var customer: RegisterCustomer?
    public var device: RegisterDevice?

    public init(line: Int, customer: RegisterCustomer? = nil, device: RegisterDevice? = nil) {
        self.line = line
        self.customer = customer
        self.device = device
    }
}

/// What became of the rows, in their order.
public struct RegistryRowsImported: Codable, Sendable, Equatable {
    public var verdicts: [RowVerdict]

    public init(verdicts: [RowVerdict]) {
        self.verdicts = verdicts
    }
}

/// What became of one row.
public struct RowVerdict: Codable, Sendable, Equatable {
    public var line: Int
    public var outcome: RowOutcome
    /// What is wrong, with pointers into the row's customer or device: `/phone`.
    public var errors: [FieldProblem]

    public init(line: Int, outcome: RowOutcome, errors: [FieldProblem] = []) {
        self.line = line
        self.outcome = outcome
        self.errors = errors
    }
}

/// A page of all customers or devices, in the shape in which they are imported.
public struct ExportRegistry: Query, Equatable {
    public typealias Reply = ExportRegistryAnswer
    public static let service = ServiceName.intake
    public static let wireName = "export-registry"

    /// `customer` or `device`.
    public var kind: RegistryKind
    /// The last answer's `next`; the first page when absent.
    public var after: UUID?
    /// Rows of the page, 1 to 1,000; 500 when absent.
    public var limit: Int?

    public init(kind: RegistryKind, after: UUID? = nil, limit: Int? = nil) {
        self.kind = kind
        self.after = after
        self.limit = limit
    }
}

/// One page; the other of the two lists is empty.
public struct ExportRegistryAnswer: Codable, Sendable, Equatable {
    public var customers: [RegisterCustomer]
    public var devices: [RegisterDevice]
    /// Where the next page begins; absent on the last.
    public var next: UUID?

    public init(customers: [RegisterCustomer] = [], devices: [RegisterDevice] = [], next: UUID? = nil) {
        self.customers = customers
        self.devices = devices
        self.next = next
    }
}
