import Foundation

/// The HTTP door before the services, as a child process like them. A stack may do without it: its queues are declared by its
/// own `migrate`, since nobody else would empty them.
extension ServiceProcesses {
    /// The name of its executable.
    public static let door = "console"

    /// Brings the door's schema up to date and declares its queues.
    public func migrateDoor() async throws {
        let copy = Copy(service: Self.door, number: 1, httpPort: 0)
        try await Command(
            arguments: [try executable(Self.door), "migrate"],
            environment: doorEnvironment(copy, try stack.addresses())
        ).run()
    }

    /// Migrates and starts the door unless it runs, on the ports it had before if it had some, and waits until it is ready.
    ///
    /// - Parameters:
    ///   - migrating: false leaves its schema as it is: the door opens, and its read models wait.
    ///   - environment: settings of this start alone, over all others.
    @discardableResult
    public func startDoor(migrating: Bool = true, environment: [String: String] = [:]) async throws -> Copy {
        let known = copies.first { $0.service == Self.door }
        func port(_ before: UInt16?) throws -> UInt16 {
            try before.flatMap { LoopbackPorts.isFree($0) ? $0 : nil } ?? LoopbackPorts.free(1)[0]
        }
        if let known, let process = stack.folder.record(known.recordName).process {
            process.send(SIGCONT)
            try await waitUntilReady(known)
            return known
        }
        if migrating { try await migrateDoor() }
        let copy = Copy(
            service: Self.door, number: 1, httpPort: try port(known?.httpPort), doorPort: try port(known?.doorPort))
        try remember(copies.filter { $0.name != copy.name } + [copy])
        _ = try await stack.folder.record(copy.recordName).launch(
            [try executable(Self.door)],
            environment: doorEnvironment(copy, try stack.addresses()).merging(environment) { $1 },
            in: stack.path,
            output: stack.folder.log(copy.name))
        try await waitUntilReady(copy)
        return copy
    }

    /// Ends the door in an orderly way.
    public func stopDoor(grace: Duration = .seconds(15)) async throws {
        let names = copies.filter { $0.service == Self.door }.map(\.recordName)
        try await RecordedServices.stop(names, in: stack.folder, grace: grace)
    }

    private func doorEnvironment(_ copy: Copy, _ addresses: StackAddresses) -> [String: String] {
        var environment = environment(instance: copy.name, port: copy.httpPort, addresses)
        environment["MENDLOOP_DATABASE_URL"] = addresses.doorDatabaseURL(database: database)
        environment["MENDLOOP_DOOR_HOST"] = "127.0.0.1"
        environment["MENDLOOP_DOOR_PORT"] = "\(copy.doorPort ?? 0)"
        environment["MENDLOOP_ATTACHMENTS"] = stack.path + "/attachments"
        environment["MENDLOOP_JWT_SECRET"] = addresses.tokenSecret
        return environment
    }
}
