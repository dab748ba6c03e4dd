import LocalStack
import ServiceKit
import Testing

/// One thing that goes wrong while orders are on their way, and is right again afterwards.
enum Fault: Sendable, Hashable {
    /// A service dies of SIGKILL at one of its own points, and starts again.
    case crash(LocalService, CrashPoint)
    /// A copy that leads (the relay, or a worker) is stopped without ending, longer than its lease lasts.
    case frozenLeader(LocalService, lease: String, Duration)
    /// A copy that leads dies of SIGKILL and stays dead.
    case killedLeader(LocalService, lease: String)
    /// A service is stopped without ending, and there is no other copy.
    case frozen(LocalService, Duration)
    case brokerKilled
    case brokerAway(Duration)
    case brokerFrozen(Duration)
    /// The broker has no memory left, says so and takes nothing.
    case brokerFull(Duration)
    case databaseKilled
    /// PostgreSQL's immediate stop: every session is cut in the middle of whatever it does.
    case databaseStopped
    case databaseAway(Duration)
    case databaseFrozen(Duration)
    /// Every event so far comes again, in another order.
    case eventsAgain
}

extension Fault {
    /// Each fault once, each point of dying once or twice: what CI has time for. Who dies before a reply must be one whom
    /// commands reach to the end: intake hears few once the reports are in.
    static let short: [Fault] = [
        .crash(.intake, .afterCommit), .crash(.dispatch, .afterPublish), .brokerFull(.seconds(3)),
        .crash(.fieldService, .beforeReply), .databaseStopped, .crash(.inventory, .afterConfirm), .brokerKilled,
        .crash(.billing, .afterCommit), .eventsAgain, .databaseKilled, .crash(.intake, .afterConsume),
        .brokerFrozen(.seconds(3)), .crash(.feedback, .afterPublish), .frozen(.fieldService, .seconds(3)),
        .databaseAway(.seconds(3)), .brokerAway(.seconds(3)), .crash(.billing, .afterConfirm), .eventsAgain,
    ]

    /// Each service at each point, with every other fault between them.
    static let whole: [Fault] = {
        let crashes = CrashPoint.allCases.flatMap { point in LocalService.allCases.map { Fault.crash($0, point) } }
        var others = long + [.eventsAgain]
        return crashes.enumerated().flatMap { index, crash in
            index % 2 == 1 && !others.isEmpty ? [crash, others.removeFirst()] : [crash]
        }
    }()

    /// What lasts, as long as it does outside.
    static let long: [Fault] = [
        .brokerKilled, .databaseKilled, .databaseStopped, .brokerFull(.seconds(30)), .brokerFrozen(.seconds(30)),
        .databaseFrozen(.seconds(30)), .frozen(.intake, .seconds(30)), .frozen(.billing, .seconds(30)),
        .eventsAgain,
    ]
}

extension Fault: CustomTestStringConvertible {
    var testDescription: String {
        switch self {
        case .crash(let service, let point): "\(service.name) dies \(point.rawValue)"
        case .frozenLeader(let service, let lease, let time): "\(service.name)'s leader of \(lease) frozen for \(time)"
        case .killedLeader(let service, let lease): "\(service.name)'s leader of \(lease) killed for good"
        case .frozen(let service, let time): "\(service.name) frozen for \(time)"
        case .brokerKilled: "broker killed"
        case .brokerAway(let time): "broker away for \(time)"
        case .brokerFrozen(let time): "broker frozen for \(time)"
        case .brokerFull(let time): "broker without memory for \(time)"
        case .databaseKilled: "database killed"
        case .databaseStopped: "database stopped in the middle"
        case .databaseAway(let time): "database away for \(time)"
        case .databaseFrozen(let time): "database frozen for \(time)"
        case .eventsAgain: "every event again, in another order"
        }
    }
}
