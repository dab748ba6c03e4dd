import FoundationEssentials

/// One variable that Mendloop reads from its environment: its row in docs/settings.md, and what may stand in it.
public struct SettingEntry: Sendable {
    /// Who reads it.
    public enum Reader: Sendable, Hashable {
        case everyService
        case service(String)
        /// `docker-compose.yml` and its overlays: what stands in `.env` is handed on to what they run.
        case compose
        /// `deploy/migrate-all`, in the image.
        case migrateAll
        case commandLine
        case examples
        /// Tests, and nothing that serves people.
        case tests

        var name: String {
            switch self {
            case .everyService: "every service"
            case .service(let name): name
            case .compose: "compose"
            case .migrateAll: "`migrate-all`"
            case .commandLine: "`./mendloop`"
            case .examples: "examples"
            case .tests: "tests"
            }
        }
    }

    /// With `SERVICE`, `CHANNEL` or `NUMBER` for a part that differs.
    public let name: String
    public let readers: [Reader]
    public let value: SettingValue
    /// Nil where nothing, or another thing, happens without it.
    public let fallback: String?
    public let isRequired: Bool
    public let meaning: String

    init(
        _ name: String, _ readers: [Reader], _ value: SettingValue, default fallback: String? = nil,
        required: Bool = false, _ meaning: String
    ) {
        self.name = name
        self.readers = readers
        self.value = value
        self.fallback = fallback
        self.isRequired = required
        self.meaning = meaning
    }

    /// Whether it means this variable.
    func matches(_ variable: String) -> Bool {
        if variable == name { return true }
        for (mark, isOne) in Self.marks {
            guard let place = name.range(of: mark) else { continue }
            let (before, after) = (name[..<place.lowerBound], name[place.upperBound...])
            guard variable.hasPrefix(before), variable.hasSuffix(after), variable.count > before.count + after.count
            else { return false }
            return isOne(String(variable.dropFirst(before.count).dropLast(after.count)))
        }
        return false
    }

    /// What may stand for a part that differs.
    private static let marks: [(String, @Sendable (String) -> Bool)] = [
        (
            "SERVICE_NUMBER",
            { text in
                services.contains { text.hasPrefix($0 + "_") && Int(text.dropFirst($0.count + 1)) != nil }
            }
        ),
        ("SERVICE", { services.contains($0) }),
        ("CHANNEL", { $0.allSatisfy { $0.isUppercase || $0.isNumber } }),
    ]

    private static let services = [
        "INTAKE", "DISPATCH", "FIELD_SERVICE", "INVENTORY", "BILLING", "FEEDBACK", "CONSOLE",
    ]

    /// Whether a service reads it.
    public func isRead(by service: String) -> Bool {
        readers.contains(.everyService) || readers.contains(.service(service))
    }
}

/// What may stand in a setting.
public struct SettingValue: Sendable {
    /// In words, as errors say it.
    public let expected: String
    /// Whole numbers only: from where to where.
    public let range: ClosedRange<Int>?
    let accepts: @Sendable (String) -> Bool

    /// Anything at all.
    static func text(_ what: String) -> SettingValue { .init(expected: what, range: nil) { _ in true } }

    static func integer(_ range: ClosedRange<Int>) -> SettingValue {
        .init(expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", range: range) { text in
            Int(text).map(range.contains) ?? false
        }
    }

    static func url(_ schemes: String...) -> SettingValue {
        .init(expected: "a URL starting with " + schemes.map { $0 + "://" }.joined(separator: " or "), range: nil) {
            text in schemes.contains { text.hasPrefix($0 + "://") }
        }
    }

    static func secret(_ bytes: Int) -> SettingValue {
        .init(expected: "a secret of at least \(bytes) bytes", range: nil) { $0.utf8.count >= bytes }
    }

    static func oneOf(_ words: [String]) -> SettingValue {
        .init(expected: "one of " + words.joined(separator: ", "), range: nil) { words.contains($0.lowercased()) }
    }

    static func matching(_ expected: String, _ accepts: @escaping @Sendable (String) -> Bool) -> SettingValue {
        .init(expected: expected, range: nil, accepts: accepts)
    }
}
