import FoundationEssentials

/// Replaces which engineers a customer wants to come, and which not, for all his orders. What is to come to him from somebody
/// whom he excludes is given to others at once; what somebody has begun, or what a person has decided himself, stays.
public struct SetCustomerEngineers: Command, Equatable {
    public typealias Reply = CustomerEngineersSet
    public static let service = ServiceName.dispatch
    public static let wireName = "set-customer-engineers"

    public var customerId: UUID
    /// Any of them is as welcome as another, at most 10. Where an order names somebody itself, he comes before them.
    public var preferredEngineerIds: [UUID]
    /// Not offered, whatever the rules say, at most 50.
    public var excludedEngineerIds: [UUID]
    /// Why, in at most 500 characters.
    public var note: String?
    /// The version that the sender has seen, 0 where nothing was ever said of the customer; refused when there is another by
    /// now.
    public var expectedVersion: Int?

    public init(
        customerId: UUID, preferredEngineerIds: [UUID] = [], excludedEngineerIds: [UUID] = [], note: String? = nil,
        expectedVersion: Int? = nil
    ) {
        self.customerId = customerId
        self.preferredEngineerIds = preferredEngineerIds
        self.excludedEngineerIds = excludedEngineerIds
        self.note = note
        self.expectedVersion = expectedVersion
    }
}

/// What became of the visits that excluded engineers had before them at the customer's.
public struct CustomerEngineersSet: Codable, Sendable, Equatable {
    /// `customer-engineers/<customerId>`.
    public var subject: String
    public var version: Int
    /// Taken from them, and offered to others.
    public var givenAway: [ExcludedVisit]
    /// Those that are theirs still: they have begun them, or a person has sent them. `assign` and `set-helpers` send others.
    public var kept: [ExcludedVisit]

    public init(subject: String, version: Int, givenAway: [ExcludedVisit] = [], kept: [ExcludedVisit] = []) {
        self.subject = subject
        self.version = version
        self.givenAway = givenAway
        self.kept = kept
    }
}

/// A visit to a customer of an engineer whom he excludes.
public struct ExcludedVisit: Codable, Sendable, Hashable {
    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    /// He who is excluded: the engineer, or one who helps him.
    public var engineerId: UUID
    public var hasBegun: Bool

    public init(assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, hasBegun: Bool) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.hasBegun = hasBegun
    }
}

/// A customer wants other engineers than before, or other ones not. Subject `customer-engineers/<customerId>`.
public struct CustomerEngineersChanged: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "customer-engineers-changed"

    public var customerId: UUID
    public var preferredEngineerIds: [UUID]
    public var excludedEngineerIds: [UUID]
    /// How many visits were taken from those who are excluded.
    public var visitsGivenAway: Int
    public var changedAt: Date

    public init(
        customerId: UUID, preferredEngineerIds: [UUID] = [], excludedEngineerIds: [UUID] = [], visitsGivenAway: Int,
        changedAt: Date
    ) {
        self.customerId = customerId
        self.preferredEngineerIds = preferredEngineerIds
        self.excludedEngineerIds = excludedEngineerIds
        self.visitsGivenAway = visitsGivenAway
        self.changedAt = changedAt
    }
}

/// Which engineers a customer wants to come, and which not.
public struct CustomerEngineersQuery: Query, Equatable {
    public typealias Reply = CustomerEngineersAnswer
    public static let service = ServiceName.dispatch
    public static let wireName = "customer-engineers"

    public var customerId: UUID

    public init(customerId: UUID) {
        self.customerId = customerId
    }
}

/// What was said last of a customer's engineers, as it would be said again. Nobody is named where nothing was.
public struct CustomerEngineersAnswer: Codable, Sendable, Equatable {
    /// For `expectedVersion`; 0 where nothing was ever said.
    public var version: Int
    public var engineers: SetCustomerEngineers
    public var changedAt: Date?
    /// Who said it.
    public var changedBy: String?

    public init(
        version: Int, engineers: SetCustomerEngineers, changedAt: Date? = nil, changedBy: String? = nil
    ) {
        self.version = version
        self.engineers = engineers
        self.changedAt = changedAt
        self.changedBy = changedBy
    }
}
