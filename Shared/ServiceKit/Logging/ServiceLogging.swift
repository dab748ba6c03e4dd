import Logging

/// Sets up logging for the process, once, before anything logs.
public enum ServiceLogging {
    /// From here on every `Logger` of the process writes JSON lines in the name of this service.
    ///
    /// - Parameter output: standard error by default, since standard output is a command's answer.
    public static func bootstrap(_ settings: ServiceSettings, output: LogOutput = .standardError) {
        let (service, instance, level) = (settings.service, settings.instance, settings.logLevel)
        LoggingSystem.bootstrap(
            { label, provider in
                var handler = JSONLogHandler(
                    label: label, service: service, instance: instance, level: level, output: output)
                handler.metadataProvider = provider
                return handler
            }, metadataProvider: nil)
    }
}
