import FoundationEssentials

/// Keeps what was done to devices before Mendloop, each row for itself: one that cannot be taken does not keep the others
/// out. A service is known by the number that the system used before gave it: the same rows again change nothing.
public struct ImportPastServices: Command, Equatable {
    public typealias Reply = RegistryRowsImported
    public static let service = ServiceName.intake
    public static let wireName = "import-past-services"

    /// True: says what would become of the rows, and writes nothing.
    public var dryRun: Bool
    /// At most 1,000.
    public var rows: [PastServiceRow]

    public init(dryRun: Bool, rows: [PastServiceRow]) {
        self.dryRun = dryRun
        self.rows = rows
    }
}

/// One row of an import of past services.
public struct PastServiceRow: Codable, Sendable, Equatable {
    /// The sender's own number of it, as in a line of a file.
    public var line: Int
    public var service: PastService

    public init(line: Int, service: PastService) {
        self.line = line
        self.service = service
    }
}

/// A service that was done before Mendloop, as the system used before kept it. Customer and device must be registered; at least
/// one of them has to be named.
public struct PastService: Codable, Sendable, Equatable {
    /// The number that the system used before gave it, 1 to 64 characters.
    public var reference: String
    /// The day, `YYYY-MM-DD`; not in the future.
    public var servicedOn: String
    public var customerNumber: String?
    /// In any spelling; finds the customer where no number is said.
    public var customerPhone: String?
    public var deviceCode: String?
    public var deviceSerial: String?
    /// With `deviceSerial`, which is unique among those of a brand; needed where devices of several brands have it.
    public var deviceBrand: String?
    /// What was wrong.
    public var problem: String?
    public var workDone: String?
    /// The engineer, as people called him.
    public var engineerName: String?
    public var outcome: Outcome?
    /// What the customer paid; no entry of our books.
    public var amount: Money?

    public init(
        reference: String, servicedOn: String, customerNumber: String? = nil, customerPhone: String? = nil,
        deviceCode: String? = nil, deviceSerial: String? = nil, deviceBrand: String? = nil, problem: String? = nil,
        workDone: String? = nil, engineerName: String? = nil, outcome: Outcome? = nil, amount: Money? = nil
    ) {
        self.reference = reference
        self.servicedOn = servicedOn
        self.customerNumber = customerNumber
        self.customerPhone = customerPhone
        self.deviceCode = deviceCode
        self.deviceSerial = deviceSerial
        self.deviceBrand = deviceBrand
        self.problem = problem
        self.workDone = workDone
        self.engineerName = engineerName
        self.outcome = outcome
        self.amount = amount
    }
}

/// A service of before is kept, or what is known of it was corrected. Subject `past-service/<id>`.
public struct PastServiceRecorded: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "past-service-recorded"

    public var pastServiceId: UUID
    public var reference: String
    /// `YYYY-MM-DD`
    public var servicedOn: String
    public var customerId: UUID
    public var deviceId: UUID?
    public var problem: String?
    public var workDone: String?
    public var engineerName: String?
    public var outcome: Outcome?
    public var amount: Money?
    public var recordedAt: Date

    public init(
        pastServiceId: UUID, reference: String, servicedOn: String, customerId: UUID, deviceId: UUID? = nil,
        problem: String? = nil, workDone: String? = nil, engineerName: String? = nil, outcome: Outcome? = nil,
        amount: Money? = nil, recordedAt: Date
    ) {
        self.pastServiceId = pastServiceId
        self.reference = reference
        self.servicedOn = servicedOn
        self.customerId = customerId
        self.deviceId = deviceId
        self.problem = problem
        self.workDone = workDone
        self.engineerName = engineerName
        self.outcome = outcome
        self.amount = amount
        self.recordedAt = recordedAt
    }
}

/// A page of all past services, in the shape in which they are imported.
public struct ExportPastServices: Query, Equatable {
    public typealias Reply = ExportPastServicesAnswer
    public static let service = ServiceName.intake
    public static let wireName = "export-past-services"

    /// The last answer's `next`; the first page when absent.
    public var after: UUID?
    /// Rows of the page, 1 to 1,000; 500 when absent.
    public var limit: Int?

    public init(after: UUID? = nil, limit: Int? = nil) {
        self.after = after
        self.limit = limit
    }
}

/// One page.
public struct ExportPastServicesAnswer: Codable, Sendable, Equatable {
    public var services: [PastService]
    /// Where the next page begins; absent on the last.
    public var next: UUID?

    public init(services: [PastService], next: UUID? = nil) {
        self.services = services
        self.next = next
    }
}
