import Foundation

/// A second server that has what the first one commits.
extension DatabaseServer {
    /// Makes this server's data a copy of the primary's that follows it; nothing where it has data.
    func follow(_ primary: DatabaseServer) async throws {
        guard !hasData else { return }
        let draft = try emptyDraft()
        var environment = Command.plainEnvironment
        environment["PGPASSWORD"] = credentials["admin"]
        let command = [
            try DatabaseProgram.path("pg_basebackup"), "--host=127.0.0.1", "--port=\(primary.place.port)",
            "--username=\(LocalStack.administrator)", "--pgdata=\(draft)", "--write-recovery-conf", "--checkpoint=fast",
            "--create-slot", "--slot=standby", "--wal-method=stream", "--no-sync",
        ]
        try await Command(arguments: settings.account.running(command), environment: environment).run()
        try use(draft)
    }

    /// From now on nothing counts as committed that the standby has not written; returns once that is so.
    func require(_ standby: DatabaseServer) async throws {
        try await run(
            sql: """
                ALTER SYSTEM SET synchronous_standby_names = '"\(standby.place.recordName)"';
                SELECT pg_reload_conf();
                """, database: "postgres")
        let isSo = try await becomesTrue(within: .seconds(30)) {
            try await run(sql: "SELECT sync_state FROM pg_stat_replication", database: "postgres") == "sync\n"
        }
        if !isSo {
            throw StackError.startFailed("the standby", log: LogTail.read(folder.log(standby.place.recordName)))
        }
    }

    /// Ends the standby's following: it takes writes when this returns.
    func promote() async throws {
        let answer = try await run(sql: "SELECT pg_promote(true, 60)", database: "postgres")
        guard answer == "t\n" else {
            throw StackError.commandFailed("pg_promote", status: 1, output: LogTail.read(folder.log(place.recordName)))
        }
    }
}
