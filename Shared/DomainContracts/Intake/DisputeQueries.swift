import FoundationEssentials

/// Disputes about entitlement: those of one order, or those of a status; without either the open ones. First comes what is to
/// be decided first.
public struct EntitlementDisputesQuery: Query, Equatable {
    public typealias Reply = EntitlementDisputesAnswer
    public static let service = ServiceName.intake
    public static let wireName = "entitlement-disputes"

    public var workOrderId: UUID?
    public var status: DisputeStatus?
    /// 1 to 100; 20 when absent.
    public var limit: Int?
    /// The last answer's `cursor`.
    public var cursor: String?

    public init(
        workOrderId: UUID? = nil, status: DisputeStatus? = nil, limit: Int? = nil, cursor: String? = nil
    ) {
        self.workOrderId = workOrderId
        self.status = status
        self.limit = limit
        self.cursor = cursor
    }
}

/// A page of disputes.
public struct EntitlementDisputesAnswer: Codable, Sendable, Equatable {
    public var disputes: [EntitlementDisputeChanged]
    /// Asks for more; absent where there are none.
    public var cursor: String?

    public init(disputes: [EntitlementDisputeChanged], cursor: String? = nil) {
        self.disputes = disputes
        self.cursor = cursor
    }
}
