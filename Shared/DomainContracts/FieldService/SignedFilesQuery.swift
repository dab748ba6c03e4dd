import FoundationEssentials

/// Which of these files of our own store are signatures under a service report, or are named by a message that waits or is dead.
public struct SignedFilesQuery: Query, Equatable {
    public typealias Reply = NamedFiles
    public static let service = ServiceName.fieldService
    public static let wireName = "signed-files"

    /// SHA-256 of each: 64 lowercase hexadecimal digits; at most 200.
    public var files: [String]

    public init(files: [String]) { self.files = files }
}
