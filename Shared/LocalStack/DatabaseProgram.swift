import Foundation

/// PostgreSQL's own programs.
package enum DatabaseProgram {
    /// The absolute path of one; Debian keeps the server's outside PATH.
    ///
    /// - Throws: `StackError.missingProgram`
    package static func path(_ name: String) throws -> String {
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? [])
            .compactMap(Int.init).sorted(by: >)
        let folders =
            versions.map { "/usr/lib/postgresql/\($0)/bin" } + ["/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"]
        guard let folder = folders.first(where: { access("\($0)/\(name)", X_OK) == 0 }) else {
            throw StackError.missingProgram(name, package: "postgresql")
        }
        return "\(folder)/\(name)"
    }
}
