/// The metrics there are: the labels code makes them with (which are their exported names), what `/metrics` says of each,
/// and the rows of docs/metrics.md. Names follow OpenTelemetry's messaging conventions in Prometheus' spelling.
public enum MetricCatalog {
    public static let consumedMessages = "mendloop_messaging_consumed_messages_total"
    public static let retriedMessages = "mendloop_messaging_retried_messages_total"
    public static let processDuration = "mendloop_messaging_process_duration_seconds"
    public static let batchSize = "mendloop_messaging_batch_messages"
    public static let batchReplays = "mendloop_messaging_batch_replays_total"
    public static let publishedMessages = "mendloop_messaging_published_messages_total"
    public static let publishDuration = "mendloop_messaging_publish_duration_seconds"
    public static let outboxPending = "mendloop_outbox_pending_messages"
    public static let outboxLag = "mendloop_outbox_oldest_age_seconds"
    public static let outboxLeader = "mendloop_outbox_leader"
    public static let relayLag = "mendloop_outbox_relay_lag_seconds"
    public static let parkedMessages = "mendloop_parked_messages"
    public static let deadMessages = "mendloop_dead_messages"
    public static let firedTimers = "mendloop_timers_fired_total"
    public static let timerDelay = "mendloop_timers_delay_seconds"
    public static let timerLag = "mendloop_timers_oldest_overdue_seconds"
    public static let pendingTimers = "mendloop_timers_pending"
    public static let dueTimers = "mendloop_timers_due"
    public static let queries = "mendloop_queries_total"
    public static let queryDuration = "mendloop_query_duration_seconds"
    public static let dependencyUp = "mendloop_dependency_up"
    public static let brokerBlocked = "mendloop_broker_blocked"
    public static let poolConnections = "mendloop_pool_connections"
    public static let poolLimit = "mendloop_pool_connections_limit"
    public static let poolWaiting = "mendloop_pool_waiting_callers"
    public static let serviceInfo = "mendloop_service_info"

    /// Every metric of ours, in the order of the document.
    public static let entries: [MetricEntry] = messaging + stores + health + business

    /// What Prometheus' own clients tell of any process, under their names.
    public static let process: [MetricEntry] = [
        .init("process_cpu_seconds_total", .counter, "User and system CPU time spent, in seconds."),
        .init("process_open_fds", .gauge, "Open file descriptors."),
        .init("process_resident_memory_bytes", .gauge, "Resident memory, in bytes."),
        .init("process_start_time_seconds", .gauge, "Start of the process, in seconds since 1970."),
    ]

    /// What each of them says of itself, by exported name.
    public static let help = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.help) })

    private static let messaging: [MetricEntry] = [
        .init(
            consumedMessages, .counter, ["queue", "type", "outcome"],
            "Messages taken from queues, by what became of them: applied, duplicate, refused, not_yet, parked or dead."),
        .init(
            processDuration, .histogram, ["queue", "type"],
            "Time from the beginning of a message's batch to its commit, once for each message."),
        .init(batchSize, .histogram, ["queue"], "Messages that shared one transaction."),
        .init(
            batchReplays, .counter, ["queue"],
            "Batches that were rolled back and done again: message by message, or as they were where they met another transaction crosswise."
        ),
        .init(
            retriedMessages, .counter, ["outcome"],
            "Parked messages that were tried again, by what became of them, as of messages from queues."),
        .init(
            publishedMessages, .counter, ["type", "outcome"],
            "Events published by the outbox relay, by the broker's answer: confirmed, rejected, returned or unknown."),
        .init(publishDuration, .histogram, "Time from publishing a batch of events to the last of its confirmations."),
        .init(
            queries, .counter, ["query", "outcome"], "Queries, by what became of them: answered, refused or failed."),
        .init(queryDuration, .histogram, ["query"], "Time to answer a query."),
    ]

    private static let stores: [MetricEntry] = [
        .init(outboxPending, .gauge, "Events in the outbox that are not published yet."),
        .init(outboxLag, .gauge, "Age of the oldest event in the outbox, in real seconds."),
        .init(outboxLeader, .gauge, "1 in the copy that publishes for its service, else 0."),
        .init(relayLag, .histogram, "Time from writing an event to the outbox until the broker confirmed it."),
        .init(parkedMessages, .gauge, ["reason"], "Messages that wait to be tried again, by reason."),
        .init(deadMessages, .gauge, ["reason"], "Messages in the dead-letter store, by reason."),
        .init(firedTimers, .counter, ["timer"], "Timers that fired, by kind."),
        .init(timerDelay, .histogram, "How long after they were due timers fired, in real seconds."),
        .init(timerLag, .gauge, "How long the most overdue timer has been due, in real seconds."),
        .init(pendingTimers, .gauge, "Timers that are set, due or not."),
        .init(dueTimers, .gauge, "Timers whose time has come and that have not fired yet."),
    ]

    private static let health: [MetricEntry] = [
        .init(
            dependencyUp, .gauge, ["dependency"],
            "1 while the service can work with it, else 0: database, schema (its version is this program's) or broker."),
        .init(brokerBlocked, .gauge, "1 while the broker takes no messages because of an alarm, else 0."),
        .init(
            poolConnections, .gauge, ["pool", "state"],
            "Database connections of this process, busy or idle, by pool: service, and of console door, by which it looks things up."
        ),
        .init(poolLimit, .gauge, ["pool"], "Database connections a pool of this process may have."),
        .init(poolWaiting, .gauge, ["pool"], "Callers in line for a database connection of a pool."),
        .init(serviceInfo, .gauge, ["copy", "schema"], "Always 1: which copy this is, and its schema's version."),
    ]
}

extension MetricEntry {
    fileprivate init(_ name: String, _ kind: Kind, _ help: String) { self.init(name, kind, [], help) }
}
