/// An RFC 9457 problem: why a message was refused, in a form that programs can act on.
public struct Problem: Codable, Sendable, Equatable, Error {
    /// A URI that names the kind of problem: `urn:mendloop:problem:<code>`.
    public var type: String
    public var title: String
    public var detail: String?
    /// The HTTP status this would be.
    public var status: Int
    /// Stable, for programs: `invalid-message`, `idempotency-mismatch`, `undecodable` …
    public var code: String
    public var errors: [FieldProblem]

    public init(
        code: String, title: String, detail: String? = nil, status: Int = 422, errors: [FieldProblem] = []
    ) {
        self.type = "urn:mendloop:problem:\(code)"
        self.code = code
        self.title = title
        self.detail = detail
        self.status = status
        self.errors = errors
    }
}

/// What is wrong with one member of a message.
public struct FieldProblem: Codable, Sendable, Equatable {
    /// JSON pointer into the envelope: `/data/customer/phone`.
    public var pointer: String
    public var code: String
    public var detail: String

    public init(_ pointer: String, _ code: String, _ detail: String) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
    }
}
