/// The metrics that ServiceKit itself keeps, and those of single services: the labels code makes them with (which are
/// their exported names) and what `/metrics` says of each. Names follow OpenTelemetry's messaging conventions in
/// Prometheus' spelling.
public enum MetricCatalog {
    /// Counter by `queue`, `type` and `outcome` (`applied`, `duplicate`, `refused`, `not_yet`, `parked`, `dead`).
    public static let consumedMessages = "mendloop_messaging_consumed_messages_total"
    /// Timer by `queue`: one batch from its first message to its commit.
    public static let processDuration = "mendloop_messaging_process_duration_seconds"
    /// Recorder by `queue`: messages that shared one commit.
    public static let batchSize = "mendloop_messaging_batch_messages"
    /// Counter by `queue` and `type`: batches that were rolled back and done again one by one.
    public static let batchReplays = "mendloop_messaging_batch_replays_total"
    /// Counter by `outcome` (`confirmed`, `nacked`, `returned`).
    public static let publishedMessages = "mendloop_messaging_published_messages_total"
    /// Timer: from publish to confirm.
    public static let publishDuration = "mendloop_messaging_publish_duration_seconds"
    /// Gauge: rows of the outbox that are not published yet.
    public static let outboxPending = "mendloop_outbox_pending_messages"
    /// Gauge: age of the oldest of them, in real seconds.
    public static let outboxLag = "mendloop_outbox_oldest_age_seconds"
    /// Gauge: 1 in the copy that holds the relay's lease.
    public static let outboxLeader = "mendloop_outbox_leader"
    /// Gauge by `reason`: messages that wait to be tried again.
    public static let parkedMessages = "mendloop_parked_messages"
    /// Gauge: messages in the dead-letter store.
    public static let deadMessages = "mendloop_dead_messages"
    /// Counter by `kind`: timers that fired.
    public static let firedTimers = "mendloop_timers_fired_total"
    /// Gauge: how long the most overdue timer has been due, in domain seconds.
    public static let timerLag = "mendloop_timers_oldest_overdue_seconds"
    /// Gauge: timers that are set, due or not.
    public static let pendingTimers = "mendloop_timers_pending"
    /// Gauge: those of them whose time has come.
    public static let dueTimers = "mendloop_timers_due"
    /// Counter by `query` and `outcome` (`answered`, `failed`, `expired`).
    public static let queries = "mendloop_queries_total"
    /// Gauge by `dependency` (`database`, `broker`): 1 while it is there.
    public static let dependencyUp = "mendloop_dependency_up"
    /// Gauge by `state` (`idle`, `busy`): database connections.
    public static let poolConnections = "mendloop_pool_connections"
    /// Gauge, always 1, by `service`, `instance` and `schema_version`.
    public static let serviceInfo = "mendloop_service_info"

    /// Counter by `source` (`known`, `estimated`): ways between places that steps of the dispatcher might ask for.
    public static let travelPairs = "mendloop_travel_pairs_total"
    /// Counter by `outcome` (`answered`, `failed`): questions to the road service.
    public static let travelRequests = "mendloop_travel_requests_total"

    /// What each of them says of itself, by exported name.
    public static let help: [String: String] = [
        consumedMessages: "Messages taken from queues, by what became of them.",
        processDuration: "Time from a batch's first message to its commit.",
        batchSize: "Messages that shared one commit.",
        batchReplays: "Batches that were rolled back and done again message by message.",
        publishedMessages: "Messages published by the outbox relay, by the broker's answer.",
        publishDuration: "Time from publishing a message to the broker's confirmation.",
        outboxPending: "Outbox rows that are not published yet.",
        outboxLag: "Age of the oldest outbox row that is not published yet.",
        outboxLeader: "1 in the copy that holds the relay's lease, else 0.",
        parkedMessages: "Messages that wait to be tried again, by reason.",
        deadMessages: "Messages in the dead-letter store.",
        firedTimers: "Timers that fired, by kind.",
        timerLag: "How long the most overdue timer has been due, in domain time.",
        pendingTimers: "Timers that are set, due or not.",
        dueTimers: "Timers whose time has come and that have not fired yet.",
        queries: "Queries received, by what became of them.",
        dependencyUp: "1 while the dependency can be reached, else 0.",
        poolConnections: "Database connections of this process, by state.",
        travelPairs: "Ways that decisions might ask for, by where their times are from.",
        travelRequests: "Questions to the road service, by what became of them.",
        serviceInfo: "Always 1; its labels tell which service, copy and schema version this is.",
    ]
}
