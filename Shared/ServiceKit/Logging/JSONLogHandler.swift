import DomainContracts
import FoundationEssentials
import Logging

/// Writes one JSON object a line: `time` (real, RFC 3339), `level`, `service`, `instance`, `logger`, `message`, the
/// metadata's members, and for warnings and worse `source`. Ids go into metadata, payloads and personal data nowhere:
/// what ``PersonalData`` knows is left out, and `omitted` names the keys so that whoever logged it notices.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let service: String
    private let instance: String
    private let output: LogOutput

    /// - Parameters:
    ///   - label: which part of the service logs.
    ///   - service: the service's wire name.
    ///   - instance: which copy of it.
    public init(label: String, service: String, instance: String, level: Logger.Level, output: LogOutput) {
        self.label = label
        self.service = service
        self.instance = instance
        logLevel = level
        self.output = output
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var merged = metadata
        if let provided = metadataProvider?.get() { merged.merge(provided) { _, new in new } }
        if let own = event.metadata { merged.merge(own) { _, new in new } }
        var line = JSONLine()
        line.add("time", RFC3339.format(.now))
        line.add("level", event.level.rawValue)
        line.add("service", service)
        line.add("instance", instance)
        line.add("logger", label)
        line.add("message", event.message.description)
        if let error = event.error { line.add("error", "\(error)") }
        if event.level >= .warning { line.add("source", "\(event.source):\(event.line)") }
        line.add(metadata: merged)
        output.write(line.finished())
    }
}
