/// States of a visit (domain.md §4).
public struct VisitStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let planned = VisitStatus(rawValue: "planned")
    public static let scheduled = VisitStatus(rawValue: "scheduled")
    public static let enRoute = VisitStatus(rawValue: "en_route")
    public static let onSite = VisitStatus(rawValue: "on_site")
    public static let inProgress = VisitStatus(rawValue: "in_progress")
    public static let paused = VisitStatus(rawValue: "paused")
    public static let ended = VisitStatus(rawValue: "ended")
    public static let missed = VisitStatus(rawValue: "missed")
    public static let cancelled = VisitStatus(rawValue: "cancelled")

    public static let known: [Self] = [
        .planned, .scheduled, .enRoute, .onSite, .inProgress, .paused, .ended, .missed, .cancelled,
    ]
}

/// Where a service report stands with the customer.
public struct ServiceReportStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// He has yet to say something to it.
    public static let awaiting = ServiceReportStatus(rawValue: "awaiting")
    public static let confirmed = ServiceReportStatus(rawValue: "confirmed")
    public static let disputed = ServiceReportStatus(rawValue: "disputed")
    /// Another one took its place before he said anything.
    public static let superseded = ServiceReportStatus(rawValue: "superseded")

    public static let known: [Self] = [.awaiting, .confirmed, .disputed, .superseded]
}

/// Why a visit ended (domain.md §3).
public struct VisitEndReason: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let workDone = VisitEndReason(rawValue: "work_done")
    public static let noAccess = VisitEndReason(rawValue: "no_access")
    public static let partMissing = VisitEndReason(rawValue: "part_missing")
    public static let partWrong = VisitEndReason(rawValue: "part_wrong")
    public static let skillShort = VisitEndReason(rawValue: "skill_short")
    public static let needsApproval = VisitEndReason(rawValue: "needs_approval")
    public static let needsQuote = VisitEndReason(rawValue: "needs_quote")
    public static let quoteRefused = VisitEndReason(rawValue: "quote_refused")
    public static let unsafe = VisitEndReason(rawValue: "unsafe")
    public static let cannotBeDone = VisitEndReason(rawValue: "cannot_be_done")

    public static let known: [Self] = [
        .workDone, .noAccess, .partMissing, .partWrong, .skillShort, .needsApproval, .needsQuote, .quoteRefused,
        .unsafe, .cannotBeDone,
    ]
}

/// Why parts are asked for.
public struct PartsReason: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let missing = PartsReason(rawValue: "missing")
    public static let wrong = PartsReason(rawValue: "wrong")

    public static let known: [Self] = [.missing, .wrong]
}

/// How a completion came to be confirmed.
public struct ConfirmationKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let customer = ConfirmationKind(rawValue: "customer")
    public static let deadline = ConfirmationKind(rawValue: "deadline")

    public static let known: [Self] = [.customer, .deadline]
}
