import Foundation

extension ServiceProcesses {
    /// The copies that have been started in this folder, running or not, in the order of the loop.
    public var copies: [Copy] { RecordedServices.copies(in: stack.folder) }

    /// Starts a copy unless it runs; `own` are settings of this start alone, over all others.
    func launch(
        _ service: LocalService, _ number: Int, _ own: [String: String] = [:]
    ) async throws -> (copy: Copy, ending: Ending?) {
        let record = stack.folder.record(recordName(service, number))
        let known = copies.first { $0.service == service.name && $0.number == number }
        if let known, let process = record.process {
            process.send(SIGCONT)
            return (known, nil)
        }
        let port = try known.map(\.httpPort).flatMap { LoopbackPorts.isFree($0) ? $0 : nil } ?? LoopbackPorts.free(1)[0]
        let copy = Copy(service: service.name, number: number, httpPort: port)
        try remember(copies.filter { $0.name != copy.name } + [copy])
        let ending = try await record.launch(
            [try executable(service)],
            environment: environment(of: service, instance: copy.name, port: port, try stack.addresses())
                .merging(own) { $1 },
            in: stack.path, output: stack.folder.log(copy.name))
        return (copy, ending)
    }

    func waitUntilReady(_ copy: Copy) async throws {
        let record = stack.folder.record(copy.recordName)
        let ready = try await becomesTrue(within: .seconds(60), every: .milliseconds(25)) {
            guard record.process != nil else { return true }
            return await LoopbackHTTP(port: copy.httpPort, path: "/readyz").send()?.status == 200
        }
        guard ready, record.process != nil else {
            throw StackError.startFailed(copy.name, log: LogTail.read(stack.folder.log(copy.name)))
        }
    }

    func remember(_ copies: [Copy]) throws {
        try RecordedServices.remember(copies, in: stack.folder)
    }

    /// What a service reads at its start. The caller's own `MENDLOOP_…` settings, as a scaled clock, are passed on.
    func environment(
        of service: LocalService, instance: String, port: UInt16, _ addresses: StackAddresses
    ) -> [String: String] {
        var environment = environment(instance: instance, port: port, addresses)
        environment["MENDLOOP_DATABASE_URL"] = addresses.databaseURL(service, database: database)
        return environment
    }

    /// What every program of Mendloop's reads.
    func environment(instance: String, port: UInt16, _ addresses: StackAddresses) -> [String: String] {
        var environment = Command.plainEnvironment
        for (name, value) in ProcessInfo.processInfo.environment
        where name.hasPrefix("MENDLOOP_") || name.hasPrefix("OTEL_") || name == "LD_LIBRARY_PATH" {
            environment[name] = value
        }
        environment["MENDLOOP_LINK_SECRET"] = addresses.credentials["links"]
        environment.merge(extraEnvironment) { $1 }
        environment["MENDLOOP_AMQP_URL"] = addresses.amqpURL(virtualHost: virtualHost)
        environment["MENDLOOP_HTTP_HOST"] = "127.0.0.1"
        environment["MENDLOOP_HTTP_PORT"] = "\(port)"
        environment["MENDLOOP_INSTANCE"] = instance
        return environment
    }

    func executable(_ service: LocalService) throws -> String { try executable(service.name) }

    func executable(_ name: String) throws -> String {
        let path = "\(executables)/\(name)"
        guard access(path, X_OK) == 0 else {
            throw StackError.unusableFolder(executables, reason: "\(name) has not been built there")
        }
        return path
    }

    /// The folder of the running program; in tests, which a toolchain's helper may have loaded, that of the test bundle.
    package static func besideThisProgram() throws -> String {
        let candidates = (["/proc/self/exe"] + CommandLine.arguments).map {
            URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent().path
        }
        guard let folder = candidates.first(where: { access("\($0)/\(LocalService.intake.name)", X_OK) == 0 }) else {
            throw StackError.unusableFolder(candidates[0], reason: "the services have not been built there")
        }
        return folder
    }
}
