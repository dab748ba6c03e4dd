import Foundation

/// The six services as child processes on a started stack. Like the stack, the value holds no state: what runs stands
/// in the stack's folder, and outlives the process that started it.
public struct ServiceProcesses: Sendable {
    /// One running copy of a service.
    public struct Copy: Codable, Sendable, Equatable {
        /// The service's name, as in `LocalService.name`.
        public var service: String
        /// 1 for the first.
        public var number: Int
        /// Where health and metrics are served, on 127.0.0.1.
        public var httpPort: UInt16
        /// Where the HTTP door is, on 127.0.0.1; of console alone.
        public var doorPort: UInt16?

        /// `http://127.0.0.1:port`
        public var httpURL: String { "http://127.0.0.1:\(httpPort)" }
        /// `http://127.0.0.1:port`; of console alone.
        public var doorURL: String? { doorPort.map { "http://127.0.0.1:\($0)" } }
        /// `intake-1`: the copy's name in logs, and its `MENDLOOP_INSTANCE`.
        public var name: String { "\(service)-\(number)" }
        var recordName: String { RecordedServices.prefix + name }
    }

    let stack: LocalStack
    let executables: String
    let virtualHost: String
    let database: String
    let extraEnvironment: [String: String]

    /// - Parameters:
    ///   - executables: the folder with the six executables; by default the one the running program lies in.
    ///   - virtualHost: which one the services use; it must exist.
    ///   - database: which one the services use; it must have the roles' schemas.
    ///   - environment: further variables for the services, over those named `MENDLOOP_…` of the calling process.
    public init(
        stack: LocalStack, executables: String? = nil, virtualHost: String = StackAddresses.mainName,
        database: String = StackAddresses.mainName, environment: [String: String] = [:]
    ) throws {
        self.stack = stack
        self.executables = try executables ?? Self.besideThisProgram()
        self.virtualHost = virtualHost
        self.database = database
        self.extraEnvironment = environment
    }

    /// Brings every service's schema up to date and declares the whole topology: `<service> migrate`, one by one.
    public func migrate() async throws {
        let addresses = try stack.addresses()
        for service in LocalService.allCases {
            let program = try executable(service)
            try await Command(
                arguments: [program, "migrate"],
                environment: environment(of: service, instance: "\(service.name)-migrate", port: 0, addresses)
            ).run()
        }
    }

    /// Starts the services until each has exactly `copies` copies, and waits until all are ready.
    @discardableResult
    public func start(copies: Int = 1) async throws -> [Copy] {
        let surplus = self.copies.filter { $0.number > copies }
        try await RecordedServices.stop(surplus.map(\.recordName), in: stack.folder, grace: .seconds(15))
        try remember(self.copies.filter { $0.number <= copies })
        var started: [Copy] = []
        for service in LocalService.allCases {
            for number in 1...max(copies, 1) { started.append(try await launch(service, number).copy) }
        }
        for copy in started { try await waitUntilReady(copy) }
        return started
    }

    /// Starts one copy, on the port it had before if it had one, and waits until it is ready.
    ///
    /// - Parameter environment: settings of this start alone, over all others.
    @discardableResult
    public func start(
        _ service: LocalService, copy number: Int = 1, environment: [String: String] = [:]
    ) async throws -> Copy {
        let copy = try await launch(service, number, environment).copy
        try await waitUntilReady(copy)
        return copy
    }

    /// Starts one copy that is to end by itself, and waits until it has.
    ///
    /// - Returns: its exit status, or 128 + the signal that ended it; nil when it runs on after `limit`.
    public func runToItsEnd(
        _ service: LocalService, copy number: Int = 1, environment: [String: String], within limit: Duration
    ) async throws -> Int32? {
        guard let ending = try await launch(service, number, environment).ending else { return nil }
        _ = try await becomesTrue(within: limit) { ending.status != nil }
        return ending.status
    }

    /// SIGKILL for one copy; returns when it is gone.
    public func kill(_ service: LocalService, copy number: Int = 1) async throws {
        guard let process = signal(service, number, SIGKILL) else { return }
        _ = try await process.ends(within: .seconds(10))
    }

    /// Stops one copy without ending it: its connections stay open and it answers nothing.
    public func freeze(_ service: LocalService, copy number: Int = 1) {
        signal(service, number, SIGSTOP)
    }

    /// Lets a frozen copy go on.
    public func thaw(_ service: LocalService, copy number: Int = 1) {
        signal(service, number, SIGCONT)
    }

    /// Ends one copy in an orderly way; SIGKILL after `grace`.
    public func stop(_ service: LocalService, copy number: Int = 1, grace: Duration = .seconds(15)) async throws {
        try await RecordedServices.stop([recordName(service, number)], in: stack.folder, grace: grace)
    }

    /// Ends every copy of every service in an orderly way; SIGKILL after `grace`.
    public func stop(grace: Duration = .seconds(15)) async throws {
        try await RecordedServices.stopAll(in: stack.folder, grace: grace)
    }

    /// The process id of a copy, if it runs: for measuring its CPU time and memory.
    public func processID(_ service: LocalService, copy number: Int = 1) -> Int32? {
        stack.folder.record(recordName(service, number)).process?.pid
    }

    /// The most memory that a copy's process has had resident so far, in MiB; nil when it does not run.
    public func peakMemory(_ service: LocalService, copy number: Int = 1) -> Int? {
        guard let pid = processID(service, copy: number), let status = PrivateFile.read("/proc/\(pid)/status") else {
            return nil
        }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 / 1_024 }
    }

    @discardableResult
    private func signal(_ service: LocalService, _ number: Int, _ signal: Int32) -> ProcessIdentity? {
        let process = stack.folder.record(recordName(service, number)).process
        process?.send(signal)
        return process
    }

    func recordName(_ service: LocalService, _ number: Int) -> String {
        "\(RecordedServices.prefix)\(service.name)-\(number)"
    }
}
