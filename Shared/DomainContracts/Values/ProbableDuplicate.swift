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

/// What two reports of one fault have in common.
public struct DuplicateSign: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let sameDevice = DuplicateSign(rawValue: "same_device")
    public static let sameSite = DuplicateSign(rawValue: "same_site")
    public static let sameFaultCode = DuplicateSign(rawValue: "same_fault_code")
    public static let similarWords = DuplicateSign(rawValue: "similar_words")

    public static let known: [Self] = [.sameDevice, .sameSite, .sameFaultCode, .similarWords]
}
