import FoundationEssentials

/// An open work order that is probably about the same fault. It is shown, and merged by a person or not at all.
public struct ProbableDuplicate: Codable, Sendable, Hashable {
    public var workOrderId: UUID
    public var workOrderNumber: String
    /// How sure it is, per cent.
    public var confidence: Int
    /// What speaks for it.
    public var signs: [DuplicateSign]

    public init(workOrderId: UUID, workOrderNumber: String, confidence: Int, signs: [DuplicateSign]) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.confidence = confidence
        self.signs = signs
    }
}

/// What is probably about the same fault as an incomplete request: an open work order, or another request that is
/// incomplete. It is shown, and merged by a person or not at all.
public struct RequestDuplicate: Codable, Sendable, Hashable {
    /// The order; absent where there is none yet.
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    /// The request, where there is no order.
    public var requestId: UUID?
    public var requestNumber: String?
    /// How sure it is, per cent.
    public var confidence: Int
    /// What speaks for it.
    public var signs: [DuplicateSign]

    public init(
        workOrderId: UUID? = nil, workOrderNumber: String? = nil, requestId: UUID? = nil, requestNumber: String? = nil,
        confidence: Int, signs: [DuplicateSign]
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.confidence = confidence
        self.signs = signs
    }
}

/// What two reports of one fault have in common.
public struct DuplicateSign: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let sameDevice = DuplicateSign(rawValue: "same_device")
    public static let sameSite = DuplicateSign(rawValue: "same_site")
    /// The customer, or who reports by his phone or address.
    public static let sameCustomer = DuplicateSign(rawValue: "same_customer")
    public static let sameFaultCode = DuplicateSign(rawValue: "same_fault_code")
    public static let similarWords = DuplicateSign(rawValue: "similar_words")

    public static let known: [Self] = [.sameDevice, .sameSite, .sameCustomer, .sameFaultCode, .similarWords]
}
