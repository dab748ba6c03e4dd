/// What kind of service is wanted.
public struct ServiceType: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let installation = ServiceType(rawValue: "installation")
    public static let commissioning = ServiceType(rawValue: "commissioning")
    public static let repair = ServiceType(rawValue: "repair")
    public static let maintenance = ServiceType(rawValue: "maintenance")
    public static let inspection = ServiceType(rawValue: "inspection")
    public static let training = ServiceType(rawValue: "training")
    public static let relocation = ServiceType(rawValue: "relocation")
    public static let consultation = ServiceType(rawValue: "consultation")

    public static let known: [Self] = [
        .installation, .commissioning, .repair, .maintenance, .inspection, .training, .relocation,
        .consultation,
    ]
}

/// Where the service happens.
public struct ServiceMode: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let onSite = ServiceMode(rawValue: "on-site")
    public static let remote = ServiceMode(rawValue: "remote")
    public static let carryIn = ServiceMode(rawValue: "carry-in")
    public static let mailIn = ServiceMode(rawValue: "mail-in")

    public static let known: [Self] = [.onSite, .remote, .carryIn, .mailIn]
}

/// How urgent the sender thinks it is.
public struct Urgency: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let low = Urgency(rawValue: "low")
    public static let normal = Urgency(rawValue: "normal")
    public static let high = Urgency(rawValue: "high")
    public static let critical = Urgency(rawValue: "critical")

    public static let known: [Self] = [.low, .normal, .high, .critical]
}

/// How urgent we say it is: p1 the highest.
public struct Priority: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let p1 = Priority(rawValue: "p1")
    public static let p2 = Priority(rawValue: "p2")
    public static let p3 = Priority(rawValue: "p3")
    public static let p4 = Priority(rawValue: "p4")

    public static let known: [Self] = [.p1, .p2, .p3, .p4]
}

/// A person or a company.
public struct CustomerKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let person = CustomerKind(rawValue: "person")
    public static let company = CustomerKind(rawValue: "company")

    public static let known: [Self] = [.person, .company]
}

/// How much a customer matters to us 客户等级: our own word, never a sender's.
public struct CustomerTier: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let standard = CustomerTier(rawValue: "standard")
    public static let keyAccount = CustomerTier(rawValue: "key_account")
    public static let vip = CustomerTier(rawValue: "vip")

    public static let known: [Self] = [.standard, .keyAccount, .vip]
}

/// Whether the device still works.
public struct DeviceState: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let working = DeviceState(rawValue: "working")
    public static let degraded = DeviceState(rawValue: "degraded")
    public static let down = DeviceState(rawValue: "down")

    public static let known: [Self] = [.working, .degraded, .down]
}

/// States of a service request (domain.md §2).
public struct RequestStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let received = RequestStatus(rawValue: "received")
    public static let incomplete = RequestStatus(rawValue: "incomplete")
    public static let converted = RequestStatus(rawValue: "converted")
    public static let answered = RequestStatus(rawValue: "answered")
    public static let merged = RequestStatus(rawValue: "merged")
    public static let spam = RequestStatus(rawValue: "spam")

    public static let known: [Self] = [.received, .incomplete, .converted, .answered, .merged, .spam]
}

/// States of a work order (domain.md §3).
public struct WorkOrderStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let qualified = WorkOrderStatus(rawValue: "qualified")
    public static let pendingDispatch = WorkOrderStatus(rawValue: "pending_dispatch")
    public static let assigned = WorkOrderStatus(rawValue: "assigned")
    public static let accepted = WorkOrderStatus(rawValue: "accepted")
    public static let scheduled = WorkOrderStatus(rawValue: "scheduled")
    public static let enRoute = WorkOrderStatus(rawValue: "en_route")
    public static let onSite = WorkOrderStatus(rawValue: "on_site")
    public static let inProgress = WorkOrderStatus(rawValue: "in_progress")
    public static let awaitingParts = WorkOrderStatus(rawValue: "awaiting_parts")
    public static let awaitingCustomer = WorkOrderStatus(rawValue: "awaiting_customer")
    public static let awaitingQuote = WorkOrderStatus(rawValue: "awaiting_quote")
    public static let awaitingApproval = WorkOrderStatus(rawValue: "awaiting_approval")
    public static let onHold = WorkOrderStatus(rawValue: "on_hold")
    public static let awaitingConfirmation = WorkOrderStatus(rawValue: "awaiting_confirmation")
    public static let awaitingFollowUp = WorkOrderStatus(rawValue: "awaiting_follow_up")
    public static let closed = WorkOrderStatus(rawValue: "closed")
    public static let cancelled = WorkOrderStatus(rawValue: "cancelled")
    public static let merged = WorkOrderStatus(rawValue: "merged")

    public static let known: [Self] = [
        .qualified, .pendingDispatch, .assigned, .accepted, .scheduled, .enRoute, .onSite, .inProgress,
        .awaitingParts, .awaitingCustomer, .awaitingQuote, .awaitingApproval, .onHold, .awaitingConfirmation,
        .awaitingFollowUp, .closed, .cancelled, .merged,
    ]
}

/// What came of the work order, beside its status.
public struct Outcome: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let fixed = Outcome(rawValue: "fixed")
    public static let noFaultFound = Outcome(rawValue: "no_fault_found")
    public static let unrepairable = Outcome(rawValue: "unrepairable")
    public static let quoteRefused = Outcome(rawValue: "quote_refused")
    public static let replaced = Outcome(rawValue: "replaced")
    public static let refunded = Outcome(rawValue: "refunded")
    public static let resolvedRemotely = Outcome(rawValue: "resolved_remotely")
    public static let cannotComplete = Outcome(rawValue: "cannot_complete")

    public static let known: [Self] = [
        .fixed, .noFaultFound, .unrepairable, .quoteRefused, .replaced, .refunded, .resolvedRemotely,
        .cannotComplete,
    ]
}

/// How the order ended.
public struct ClosureCode: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let followUp = ClosureCode(rawValue: "follow_up")
    public static let survey = ClosureCode(rawValue: "survey")
    public static let deadline = ClosureCode(rawValue: "deadline")
    public static let cancelled = ClosureCode(rawValue: "cancelled")
    public static let merged = ClosureCode(rawValue: "merged")

    public static let known: [Self] = [.followUp, .survey, .deadline, .cancelled, .merged]
}

/// Why an order was cancelled.
public struct CancelReason: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let customerRequest = CancelReason(rawValue: "customer_request")
    public static let duplicate = CancelReason(rawValue: "duplicate")
    public static let customerUnreachable = CancelReason(rawValue: "customer_unreachable")
    public static let outOfScope = CancelReason(rawValue: "out_of_scope")
    public static let partsUnavailable = CancelReason(rawValue: "parts_unavailable")
    public static let other = CancelReason(rawValue: "other")

    public static let known: [Self] = [
        .customerRequest, .duplicate, .customerUnreachable, .outOfScope, .partsUnavailable, .other,
    ]
}

/// Why an order is suspended.
public struct HoldReason: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let unsafeSite = HoldReason(rawValue: "unsafe_site")
    public static let customerWish = HoldReason(rawValue: "customer_wish")
    public static let waitingThirdParty = HoldReason(rawValue: "waiting_third_party")
    public static let payment = HoldReason(rawValue: "payment")
    public static let other = HoldReason(rawValue: "other")

    public static let known: [Self] = [.unsafeSite, .customerWish, .waitingThirdParty, .payment, .other]
}

/// Who acts next.
public struct ResponsibleParty: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let dispatcher = ResponsibleParty(rawValue: "dispatcher")
    public static let engineer = ResponsibleParty(rawValue: "engineer")
    public static let customer = ResponsibleParty(rawValue: "customer")
    public static let approver = ResponsibleParty(rawValue: "approver")
    public static let storekeeper = ResponsibleParty(rawValue: "storekeeper")
    public static let agent = ResponsibleParty(rawValue: "agent")
    public static let nobody = ResponsibleParty(rawValue: "nobody")

    public static let known: [Self] = [.dispatcher, .engineer, .customer, .approver, .storekeeper, .agent, .nobody]
}

/// Where the entitlement comes from.
public struct EntitlementKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let contract = EntitlementKind(rawValue: "contract")
    public static let warranty = EntitlementKind(rawValue: "warranty")
    public static let rework = EntitlementKind(rawValue: "rework")
    public static let none = EntitlementKind(rawValue: "none")

    public static let known: [Self] = [.contract, .warranty, .rework, .none]
}

/// How fast we promised to be.
public struct ResponseLevel: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let fourHour = ResponseLevel(rawValue: "four_hour")
    public static let nextDay = ResponseLevel(rawValue: "next_day")
    public static let standard = ResponseLevel(rawValue: "standard")

    public static let known: [Self] = [.fourHour, .nextDay, .standard]
}

/// The four SLA clocks.
public struct ClockKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let response = ClockKind(rawValue: "response")
    public static let acceptance = ClockKind(rawValue: "acceptance")
    public static let arrival = ClockKind(rawValue: "arrival")
    public static let resolution = ClockKind(rawValue: "resolution")

    public static let known: [Self] = [.response, .acceptance, .arrival, .resolution]
}

/// What can happen to an SLA clock.
public struct ClockStepKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let started = ClockStepKind(rawValue: "started")
    public static let paused = ClockStepKind(rawValue: "paused")
    public static let resumed = ClockStepKind(rawValue: "resumed")
    public static let targetChanged = ClockStepKind(rawValue: "target_changed")
    public static let calendarChanged = ClockStepKind(rawValue: "calendar_changed")
    public static let stopped = ClockStepKind(rawValue: "stopped")
    public static let voided = ClockStepKind(rawValue: "voided")
    public static let warned = ClockStepKind(rawValue: "warned")
    public static let breached = ClockStepKind(rawValue: "breached")
    public static let escalated = ClockStepKind(rawValue: "escalated")

    public static let known: [Self] = [
        .started, .paused, .resumed, .targetChanged, .calendarChanged, .stopped, .voided, .warned, .breached,
        .escalated,
    ]
}

/// States of an SLA clock.
public struct ClockStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let running = ClockStatus(rawValue: "running")
    public static let paused = ClockStatus(rawValue: "paused")
    public static let met = ClockStatus(rawValue: "met")
    public static let breached = ClockStatus(rawValue: "breached")
    public static let void = ClockStatus(rawValue: "void")

    public static let known: [Self] = [.running, .paused, .met, .breached, .void]
}
