import FoundationEssentials

/// Has a customer forgotten (个人信息删除): names, ways to reach him, addresses, places and everybody's words about him go, in
/// every service; ids, numbers, times, figures, stock and the ledger stay. It cannot be taken back. Who was merged into him is
/// forgotten with him. The same again changes nothing; the status of the answer is `erasing`, later `erased`.
public struct EraseCustomer: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "erase-customer"

    public var customerId: UUID
    /// Who asked for it and why, for the record, which is kept: without anybody's name.
    public var reason: String

    public init(customerId: UUID, reason: String) {
        self.customerId = customerId
        self.reason = reason
    }
}

/// A customer is forgotten in intake, and whoever keeps words about him has to forget them too. Of somebody with many work orders
/// it comes in several parts, each a message of its own.
public struct CustomerErased: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "customer-erased"

    /// The same in all parts.
    public var erasureId: UUID
    /// Counts from 1.
    public var part: Int
    public var parts: Int
    public var customerId: UUID
    /// Those who were merged into him.
    public var mergedCustomerIds: [UUID]
    public var contactIds: [UUID]
    public var requestIds: [UUID]
    /// His work orders; of a request of which none came, the id that it would have had (`partitionkey` of what is told of it).
    public var workOrderIds: [UUID]
    /// SHA-256 of attachments that he named and nobody else does: 64 lowercase hexadecimal digits each. Nil as none.
    public var files: [String]?
    public var erasedAt: Date

    public init(
        erasureId: UUID, part: Int, parts: Int, customerId: UUID, mergedCustomerIds: [UUID] = [],
        contactIds: [UUID] = [], requestIds: [UUID] = [], workOrderIds: [UUID] = [], files: [String]? = nil,
        erasedAt: Date
    ) {
        self.erasureId = erasureId
        self.part = part
        self.parts = parts
        self.customerId = customerId
        self.mergedCustomerIds = mergedCustomerIds
        self.contactIds = contactIds
        self.requestIds = requestIds
        self.workOrderIds = workOrderIds
        self.files = files
        self.erasedAt = erasedAt
    }
}
