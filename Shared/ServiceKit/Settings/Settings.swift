import DomainContracts
import FoundationEssentials

/// The process environment, read by typed getters. Every variable `X` may be given as `X_FILE` instead, naming a file
/// that holds the value, so that secrets need not stand in the environment. An empty variable counts as not set.
public struct Settings: Sendable {
    private let environment: [String: String]

    /// Reads from `environment`; by default the process's own.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
    }

    /// The text of a variable or of the file its `_FILE` form names (without trailing line breaks); nil when neither is
    /// set.
    ///
    /// - Throws: ``SettingsError/ambiguous(name:)`` or ``SettingsError/unreadableFile(name:path:)``.
    public func optionalString(_ name: String) throws(SettingsError) -> String? {
        let direct = nonEmpty(environment[name])
        guard let path = nonEmpty(environment[name + "_FILE"]) else { return direct }
        if direct != nil { throw .ambiguous(name: name) }
        guard let data = try? Data(contentsOf: URL(filePath: path)), var text = String(validating: data, as: UTF8.self)
        else { throw .unreadableFile(name: name, path: path) }
        while text.last?.isNewline == true { text.removeLast() }
        return nonEmpty(text)
    }

    /// The text of a variable that must be set.
    ///
    /// - Parameter expected: what the variable should hold, in words, for the error.
    public func string(_ name: String, expected: String) throws(SettingsError) -> String {
        guard let value = try optionalString(name) else { throw .missing(name: name, expected: expected) }
        return value
    }

    /// The text of a variable, or a default.
    public func string(_ name: String, default fallback: String) throws(SettingsError) -> String {
        try optionalString(name) ?? fallback
    }

    /// A secret of at least `minimumBytes` bytes in UTF-8; its value never stands in an error.
    public func secret(_ name: String, minimumBytes: Int) throws(SettingsError) -> String {
        let expected = "a secret of at least \(minimumBytes) bytes"
        let value = try string(name, expected: expected)
        guard value.utf8.count >= minimumBytes else { throw .invalid(name: name, value: nil, expected: expected) }
        return value
    }

    /// A whole number within `range`, or a default when the variable is not set.
    public func integer(
        _ name: String, in range: ClosedRange<Int>, default fallback: Int
    ) throws(SettingsError) -> Int {
        try parsed(name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        } ?? fallback
    }

    /// An RFC 3339 instant; nil when the variable is not set.
    public func optionalInstant(_ name: String) throws(SettingsError) -> Date? {
        try parsed(name, expected: "an RFC 3339 instant such as 2026-11-21T01:12:00Z") { RFC3339.parse($0) }
    }

    /// Whatever `parse` makes of the variable; nil when it is not set.
    ///
    /// - Throws: ``SettingsError/invalid(name:value:expected:)`` when `parse` answers nil.
    public func parsed<Value>(
        _ name: String, expected: String, _ parse: (String) -> Value?
    ) throws(SettingsError) -> Value? {
        guard let text = try optionalString(name) else { return nil }
        guard let value = parse(text) else { throw .invalid(name: name, value: text, expected: expected) }
        return value
    }

    private func nonEmpty(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return text
    }
}
