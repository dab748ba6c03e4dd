import Logging

/// Sets up logging for the process, once, before anything logs.
public enum ServiceLogging {
    /// From here on every `Logger` of the process writes JSON lines in the name of this service.
    ///
    /// - Parameter output: standard error by default, since standard output is a command's answer.
    public static func bootstrap(_ settings: ServiceSettings, output: LogOutput = .standardError) {
        bootstrap(
            service: settings.service, instance: settings.instance, level: settings.logLevel, output: output)
    }

    /// As above, for a program that is none of the services behind the broker.
    public static func bootstrap(
        service: String, instance: String, level: Logger.Level, output: LogOutput = .standardError
    ) {
        LoggingSystem.bootstrap(
            { label, provider in
                var handler = JSONLogHandler(
                    label: label, service: service, instance: instance, level: level, output: output)
                handler.metadataProvider = provider
                return handler
            }, metadataProvider: nil)
    }
}
