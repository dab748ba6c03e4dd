/// Metrics of single services: what they keep, as the business sees it.
extension MetricCatalog {
    public static let openWorkOrders = "mendloop_work_orders_open"
    public static let breachedClocks = "mendloop_sla_clocks_breached"
    public static let openRequests = "mendloop_service_requests_open"
    public static let openDisputes = "mendloop_entitlement_disputes_open"
    public static let openJobs = "mendloop_jobs_open"
    public static let impossibleJobs = "mendloop_jobs_without_engineer"
    public static let oldestJob = "mendloop_jobs_oldest_waiting_seconds"
    public static let openAssignments = "mendloop_assignments_open"
    public static let openVisits = "mendloop_visits_open"
    public static let openPartRequests = "mendloop_part_requests_open"
    public static let openCharges = "mendloop_charges_open"
    public static let ledgerEntries = "mendloop_ledger_entries"
    public static let openFollowUps = "mendloop_follow_ups_open"
    public static let incompleteReadModels = "mendloop_read_models_incomplete"

    /// Of dispatch's travel times.
    public static let travelPairs = "mendloop_travel_pairs_total"
    public static let travelRequests = "mendloop_travel_requests_total"

    /// Of console's HTTP door.
    public static let httpRequests = "mendloop_http_requests_total"
    public static let httpDuration = "mendloop_http_request_duration_seconds"

    /// Of console's files.
    public static let removedFiles = "mendloop_unnamed_files_removed_total"

    static let business: [MetricEntry] = [
        .init(openWorkOrders, .gauge, ["status"], of: ["intake"], "Work orders that have not ended, by status."),
        .init(
            breachedClocks, .gauge, ["clock"], of: ["intake"],
            "Promises (response, acceptance, arrival, resolution) that are broken, of work orders that have not ended."),
        .init(
            openRequests, .gauge, ["status"], of: ["intake"],
            "Requests that are no work order yet: received or incomplete."),
        .init(
            openDisputes, .gauge, of: ["intake"],
            "Disputes about what an order is entitled to that wait for a decision."),
        .init(
            openJobs, .gauge, ["status"], of: ["dispatch"],
            "Work for engineers, by status: open (waits for one), offered or accepted."),
        .init(
            impossibleJobs, .gauge, of: ["dispatch"], "Open jobs for which no engineer could be found at the last try."),
        .init(
            oldestJob, .gauge, of: ["dispatch"],
            "How long the oldest open job has waited for an engineer, in domain seconds."),
        .init(
            openAssignments, .gauge, ["status"], of: ["dispatch"], "Assignments in force: offered or accepted."),
        .init(openVisits, .gauge, ["status"], of: ["field-service"], "Visits that have not ended, by status."),
        .init(
            openPartRequests, .gauge, ["status"], of: ["inventory"],
            "Requests for parts that are not settled, by status; backordered ones wait for stock."),
        .init(
            openCharges, .gauge, ["status"], of: ["billing"], "Charges that are not final yet: estimated or accepted."),
        .init(
            ledgerEntries, .gauge, of: ["billing"], "Entries of the ledger in its present series, all books together."),
        .init(openFollowUps, .gauge, ["status"], of: ["feedback"], "Follow-ups that wait: scheduled or due."),
        .init(
            incompleteReadModels, .gauge, of: ["console"],
            "Services whose past console has not read to its end: what it shows of them is incomplete."),
        .init(
            travelPairs, .counter, ["source"], of: ["dispatch"],
            "Ways that decisions might ask for, by where their times are from: known or estimated."),
        .init(
            travelRequests, .counter, ["outcome"], of: ["dispatch"],
            "Questions to the road service, by what became of them: answered or failed."),
        .init(
            httpRequests, .counter, ["method", "route", "status"], of: ["console"],
            "Requests at the HTTP door, by route and status."),
        .init(
            httpDuration, .histogram, ["method", "route"], of: ["console"], "Time to answer a request at the HTTP door."
        ),
        .init(
            removedFiles, .counter, of: ["console"],
            "Files that came with no report, were named by nobody in time, and were removed."),
    ]
}
