import Foundation

/// The files these tests hold the contracts against.
enum Repository {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let docs = root.appending(path: "docs")
    static let asyncAPI = docs.appending(path: "asyncapi.yaml")
    static let asyncAPIPage = docs.appending(path: "asyncapi.html")
    static let identities = root.appending(path: "deploy/rabbitmq/identities.json")
    static let openAPI = docs.appending(path: "openapi.yaml")
    static let golden = root.appending(path: "Tests/DomainContractsTests/Golden")
    static let contracts = root.appending(path: "Shared/DomainContracts")
    static let doorRoutes = root.appending(path: "Services/Console/Routes")

    /// Every file below `folder` whose name ends in `suffix`, in the order of their paths.
    static func files(below folder: URL, endingIn suffix: String) throws -> [URL] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(suffix) }.sorted()
            .map { folder.appending(path: $0) }
    }
}
