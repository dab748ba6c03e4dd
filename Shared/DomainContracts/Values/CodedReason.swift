import FoundationEssentials

/// A reason as code and parameters; it is put into words (zh, en) at the edge.
public struct CodedReason: Codable, Sendable, Hashable {
    public var code: String
    public var parameters: [String: String]

    public init(code: String, parameters: [String: String] = [:]) {
        self.code = code
        self.parameters = parameters
    }
}
