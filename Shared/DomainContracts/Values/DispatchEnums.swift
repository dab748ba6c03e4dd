/// Why somebody is needed.
public struct DispatchReason: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let initial = DispatchReason(rawValue: "initial")
    public static let partsReady = DispatchReason(rawValue: "parts_ready")
    public static let skillShort = DispatchReason(rawValue: "skill_short")
    public static let customerReady = DispatchReason(rawValue: "customer_ready")
    public static let reopened = DispatchReason(rawValue: "reopened")
    public static let missed = DispatchReason(rawValue: "missed")
    public static let resumed = DispatchReason(rawValue: "resumed")
    public static let approved = DispatchReason(rawValue: "approved")
    public static let withdrawn = DispatchReason(rawValue: "withdrawn")

    public static let known: [Self] = [
        .initial, .partsReady, .skillShort, .customerReady, .reopened, .missed, .resumed, .approved, .withdrawn,
    ]
}

/// Why an engineer declined.
public struct DeclineReason: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let busy = DeclineReason(rawValue: "busy")
    public static let tooFar = DeclineReason(rawValue: "too_far")
    public static let noSkill = DeclineReason(rawValue: "no_skill")
    public static let noParts = DeclineReason(rawValue: "no_parts")
    public static let unwell = DeclineReason(rawValue: "unwell")
    public static let other = DeclineReason(rawValue: "other")

    public static let known: [Self] = [.busy, .tooFar, .noSkill, .noParts, .unwell, .other]
}

/// Why an assignment was taken back.
public struct WithdrawReason: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let reassigned = WithdrawReason(rawValue: "reassigned")
    public static let cancelled = WithdrawReason(rawValue: "cancelled")
    public static let merged = WithdrawReason(rawValue: "merged")
    public static let onHold = WithdrawReason(rawValue: "on_hold")
    public static let resolved = WithdrawReason(rawValue: "resolved")
    public static let missed = WithdrawReason(rawValue: "missed")
    public static let superseded = WithdrawReason(rawValue: "superseded")
    public static let engineerAbsent = WithdrawReason(rawValue: "engineer_absent")
    /// The customer wants him no more.
    public static let engineerExcluded = WithdrawReason(rawValue: "engineer_excluded")

    public static let known: [Self] = [
        .reassigned, .cancelled, .merged, .onHold, .resolved, .missed, .superseded, .engineerAbsent,
        .engineerExcluded,
    ]
}

/// States of an assignment (domain.md §4).
public struct AssignmentStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let offered = AssignmentStatus(rawValue: "offered")
    public static let accepted = AssignmentStatus(rawValue: "accepted")
    public static let declined = AssignmentStatus(rawValue: "declined")
    public static let expired = AssignmentStatus(rawValue: "expired")
    public static let withdrawn = AssignmentStatus(rawValue: "withdrawn")
    public static let fulfilled = AssignmentStatus(rawValue: "fulfilled")
    public static let noShow = AssignmentStatus(rawValue: "no_show")

    public static let known: [Self] = [.offered, .accepted, .declined, .expired, .withdrawn, .fulfilled, .noShow]
}

/// States of dispatch's view of a work order.
public struct JobStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let open = JobStatus(rawValue: "open")
    public static let offered = JobStatus(rawValue: "offered")
    public static let accepted = JobStatus(rawValue: "accepted")
    public static let idle = JobStatus(rawValue: "idle")
    public static let done = JobStatus(rawValue: "done")

    public static let known: [Self] = [.open, .offered, .accepted, .idle, .done]
}

/// Whose wish it was.
public struct Initiator: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let customer = Initiator(rawValue: "customer")
    public static let company = Initiator(rawValue: "company")

    public static let known: [Self] = [.customer, .company]
}
