import FoundationEssentials

/// Which of these files of our own store somebody names: in a report, in a message about it, in a dispute, or in a message that waits or
/// is dead. Files that nobody names are removed some days after they came.
public struct NamedFilesQuery: Query, Equatable {
    public typealias Reply = NamedFiles
    public static let service = ServiceName.intake
    public static let wireName = "named-files"

    /// SHA-256 of each: 64 lowercase hexadecimal digits; at most 200.
    public var files: [String]

    public init(files: [String]) { self.files = files }
}

/// Those of the files that are named.
public struct NamedFiles: Codable, Sendable, Equatable {
    /// SHA-256 of each, in no order.
    public var named: [String]

    public init(named: [String]) { self.named = named }

    /// As many as may be asked about at once.
    public static let most = 200
}
