import FoundationEssentials

/// Looks an environment over: names that nobody reads, values that are none, and what is missing or contradicts itself. No
/// value ever stands in a finding.
public struct SettingsCheck: Sendable {
    public struct Finding: Codable, Sendable, Equatable {
        public var name: String
        public var what: String
    }

    private let environment: [String: String]
    private let services: [String]
    private let isOfCompose: Bool

    /// - Parameters:
    ///   - environment: variables by name; those not named `MENDLOOP_…` are none of ours.
    ///   - services: those by wire name that will run with it: what they need must be there.
    ///   - isOfCompose: whether compose stands between, and hands on only what its files name.
    public init(_ environment: [String: String], for services: [String] = [], isOfCompose: Bool = false) {
        self.environment = environment.filter { name, value in
            let isOurs = name.hasPrefix("MENDLOOP_") || name.hasPrefix(ServiceSettings.traceVariable)
            return isOurs && !value.isEmpty
        }
        self.services = services
        self.isOfCompose = isOfCompose
    }

    /// By name; none where all is well.
    public var findings: [Finding] {
        let set = environment.keys.map(look).compactMap(\.self)
        return (set + missing + halves).sorted { ($0.name, $0.what) < ($1.name, $1.what) }
    }

    private func look(_ name: String) -> Finding? {
        if let entry = SettingCatalog.entry(of: name) {
            if environment[name + "_FILE"] != nil {
                return Finding(name: name, what: "is set, and so is \(name)_FILE: which of the two is meant?")
            }
            if let lost = lost(name, entry) { return lost }
            return judge(name, entry, environment[name] ?? "")
        }
        if name.hasSuffix("_FILE"), let entry = SettingCatalog.entry(of: String(name.dropLast(5))) {
            if let lost = lost(name, nil) { return lost }
            let settings = Settings(environment: environment.filter { $0.key == name })
            do {
                // An empty file is an empty variable: it counts as not set.
                return try settings.optionalString(String(name.dropLast(5))).flatMap { judge(name, entry, $0) }
            } catch {
                return Finding(name: name, what: "names a file that cannot be read as text")
            }
        }
        let near = SettingCatalog.entries.map(\.name).min { Self.distance(name, $0) < Self.distance(name, $1) }
        let hint = near.flatMap { Self.distance(name, $0) <= 3 ? "; is \($0) meant?" : nil } ?? ""
        return Finding(name: name, what: "is read by nobody\(hint)")
    }

    /// What compose would drop without a word.
    private func lost(_ name: String, _ entry: SettingEntry?) -> Finding? {
        guard isOfCompose, entry?.readers.contains(.compose) != true else { return nil }
        return Finding(
            name: name, what: "is not handed on by docker-compose.yml: an overlay of your own has to set it")
    }

    private func judge(_ name: String, _ entry: SettingEntry, _ text: String) -> Finding? {
        entry.value.accepts(text) ? nil : Finding(name: name, what: "is not what is expected: \(entry.value.expected)")
    }

    private var missing: [Finding] {
        let required = SettingCatalog.entries.filter { entry in
            entry.isRequired && services.contains(where: entry.isRead(by:)) && !isSet(entry.name)
        }
        return required.map { Finding(name: $0.name, what: "is not set; expected \($0.value.expected)") }
    }

    /// Settings of which one needs the other.
    private var halves: [Finding] {
        var findings: [Finding] = []
        func need(_ name: String, because other: String) {
            if isSet(other), !isSet(name) { findings.append(Finding(name: name, what: "is not set, and \(other) is")) }
        }
        need("MENDLOOP_TIME_EPOCH", because: "MENDLOOP_TIME_SCALE")
        need("MENDLOOP_TIME_SCALE", because: "MENDLOOP_TIME_EPOCH")
        need("MENDLOOP_ATTACHMENTS_KEY_ID", because: "MENDLOOP_ATTACHMENTS_BUCKET")
        need("MENDLOOP_ATTACHMENTS_KEY", because: "MENDLOOP_ATTACHMENTS_BUCKET")
        if services.contains("console"), !isSet("MENDLOOP_JWT_SECRET"), !isSet("MENDLOOP_JWT_KEYS") {
            findings.append(Finding(name: "MENDLOOP_JWT_SECRET", what: "is not set, nor is MENDLOOP_JWT_KEYS"))
        }
        return findings
    }

    private func isSet(_ name: String) -> Bool { environment[name] != nil || environment[name + "_FILE"] != nil }

    /// Letters to change, add or take away to make one name of the other.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let change = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
