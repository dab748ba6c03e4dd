import Foundation

/// The generated passwords of one stack. They never leave this machine: the servers listen on the loopback only.
struct StackCredentials: Equatable, Sendable {
    /// By name: `admin`, `rabbitmq`, one per service role and one for `console`, `links`, which signs the links that customers get, and `tokens`,
    /// which signs the tokens of our own people.
    private(set) var passwords: [String: String]

    static let names =
        ["admin", "rabbitmq", "cookie", "links", "tokens"] + LocalService.allCases.map(\.role)
        + [ServiceProcesses.door]

    subscript(name: String) -> String { passwords[name] ?? "" }

    /// The passwords kept in the folder; those it lacks are generated and kept.
    static func loadOrMake(in folder: StackFolder) throws -> StackCredentials {
        var credentials = load(from: folder)
        let missing = names.filter { credentials.passwords[$0] == nil }
        guard !missing.isEmpty else { return credentials }
        for name in missing { credentials.passwords[name] = newPassword() }
        let lines = credentials.passwords.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
        try PrivateFile.write(lines.joined(), to: folder.credentialsPath)
        return credentials
    }

    static func load(from folder: StackFolder) -> StackCredentials {
        let lines = (PrivateFile.read(folder.credentialsPath) ?? "").split(separator: "\n")
        let pairs = lines.map { $0.split(separator: "=", maxSplits: 1) }.filter { $0.count == 2 }
        return StackCredentials(
            passwords: Dictionary(pairs.map { (String($0[0]), String($0[1])) }, uniquingKeysWith: { $1 }))
    }

    /// 128 random bits in hexadecimal: nothing in it needs quoting in a URL, a shell or SQL.
    static func newPassword() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let word = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - word.count) + word
        }.joined()
    }
}
