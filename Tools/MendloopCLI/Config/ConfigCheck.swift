import ArgumentParser
import DomainContracts
import Foundation
import ServiceKit

struct ConfigCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Name settings that are unknown, wrong or missing; exits with 3 if there are any.",
        discussion: """
            Looks at the MENDLOOP_… variables of the environment, or of a file as compose reads it: what compose does not hand on \
            is named too. Values are never printed. docs/settings.md lists all settings.
            """)

    @OptionGroup var output: Output

    @Option(
        name: .long,
        help: "A service that will run with them, whose required settings must be there; may be repeated.")
    var service: [ServiceName] = []

    @Option(name: .long, help: "Compose's file of NAME=value lines, .env, instead of the environment.")
    var envFile: String?

    func run() async throws {
        let environment = try envFile.map(EnvironmentFile.read) ?? ProcessInfo.processInfo.environment
        let findings = SettingsCheck(
            environment, for: service.map(\.rawValue), isOfCompose: envFile != nil
        ).findings
        if output.isJSON {
            print(try Output.json(findings))
        } else if findings.isEmpty {
            let count = environment.keys.count { $0.hasPrefix("MENDLOOP_") }
            print(count == 1 ? "one setting, nothing wrong" : "\(count) settings, nothing wrong")
        } else {
            for finding in findings { print("\(finding.name) \(finding.what)") }
        }
        if !findings.isEmpty { throw ExitCode(3) }
    }
}

/// A file of `NAME=value` lines.
enum EnvironmentFile {
    static func read(_ path: String) throws -> [String: String] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ValidationError("\(path) cannot be read as text")
        }
        return parse(text)
    }

    /// Empty lines, comments and lines without `=` say nothing; the last of a name counts, quotes around a value are no part
    /// of it.
    static func parse(_ text: String) -> [String: String] {
        var variables: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmingPrefix(while: \.isWhitespace)
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            var value = line[line.index(after: equals)...]
            if let quote = value.first, quote == "\"" || quote == "'", value.count > 1, value.last == quote {
                value = value.dropFirst().dropLast()
            }
            variables[String(line[..<equals])] = String(value)
        }
        return variables
    }
}
