import Dispatching
import DomainContracts
import FoundationEssentials

/// Dispatch's view of a work order: what has to be done where, and whom it has tried. Its id is the work order's.
struct Job: Codable, Sendable, Equatable {
    private(set) var status: JobState
    var workOrderNumber: String
    var serviceType: ServiceType
    var priority: Priority
    var category: String?
    var problem: String
    var regionCode: String?
    var location: Coordinates?
    var responseLevel: ResponseLevel
    /// Nil for jobs that an older Mendloop recorded.
    var origin: JobOrigin?
    /// Of the newest message of intake's that counted; an older one says nothing about the status any more.
    var intakeSequence: Int
    /// Of the newest message by which intake stopped the search; a need that was raised before it opens nothing.
    var stoppedSequence: Int?

    /// What the current round asks for; nil when nobody was ever needed.
    var need: DispatchNeed?
    /// The last known round; 0 before the first.
    var round: Int
    /// Engineers who declined or let the offer run out in this round.
    var tried: [UUID] = []
    var activeAssignmentId: UUID?
    /// Who accepted last: he knows the place.
    var lastEngineerId: UUID?
    var lastVisitEnd: VisitEndReason?
    /// What the customer was promised, whoever goes; nil while nothing is.
    private(set) var agreedWindow: TimeWindow?
    /// The first that he was ever promised for the visit that is to come: the figures go by it.
    private(set) var originalWindow: TimeWindow?
    var isOnHold = false

    /// When the job was last opened; breaks ties between equally urgent ones.
    var openedAtMilliseconds: Int
    /// Set while nobody may go.
    var impasse: Impasse?

    /// Why nobody may go, and when it is tried again.
    struct Impasse: Codable, Sendable, Equatable {
        var emptiedBy: String
        var retryAt: Date
        /// The state of the roster that gave nobody: another one is worth another try. Nil once it is time to try again.
        var rosterStamp: Int?
        /// Whether somebody was told. Programs of before cannot read an impasse without it.
        var isEscalated = false
    }

    /// Whether the supervisor heard at once in this round that nobody may go; nil as no.
    private(set) var isToldAtOnce: Bool?

    /// Whether somebody can be given it: it is neither over, nor on hold, nor waiting for what no visit brings.
    var needsSomebody: Bool {
        status != .done && !isOnHold && need != nil && (status != .idle || lastVisitEnd == .noAccess)
    }

    /// How often in this round nobody was left to ask; nil as never.
    private(set) var cycles: Int?
    /// Those who said in this round that they cannot do it: they are not asked again. Nil as nobody.
    private(set) var unable: [UUID]?

    /// Each time nobody is left the pause is longer, up to four hours: who declined half an hour ago declines again.
    var retrySeconds: Int { 30 * 60 << min(max(0, (cycles ?? 0) - 1), 3) }

    init(_ opened: WorkOrderOpened, sequence: Int, now: Date) {
        status = opened.need == nil ? .idle : .open
        workOrderNumber = opened.workOrderNumber
        serviceType = opened.serviceType
        priority = opened.priority
        category = opened.category
        problem = opened.problem
        regionCode = opened.regionCode
        location = opened.location
        responseLevel = opened.entitlement.responseLevel
        origin = JobOrigin(opened)
        intakeSequence = sequence
        need = opened.need
        round = opened.need?.round ?? 0
        openedAtMilliseconds = now.epochMilliseconds
    }

    var place: Place { Place(location, region: regionCode) }
    /// How long the visit is thought to take.
    var durationMinutes: Int { max(1, need?.durationMinutes ?? Self.usualMinutes) }
    static let usualMinutes = 60

    /// Moves the state machine; false, and unchanged, when the event changes nothing here.
    mutating func apply(_ event: JobEvent) -> Bool {
        guard let next = JobStateMachine.next(status, event) else { return false }
        status = next
        return true
    }

    /// A new round, or the same one begun anew with another wish.
    mutating func open(for need: DispatchNeed, now: Date) {
        guard apply(.needed) else { return }
        if need.round > round { (cycles, unable, isToldAtOnce) = (nil, nil, nil) }
        self.need = need
        round = need.round
        tried = unable ?? []
        impasse = nil
        activeAssignmentId = nil
        isOnHold = false
        openedAtMilliseconds = now.epochMilliseconds
    }

    /// A need that was over before it was heard of: its round is known, and nobody goes for it.
    mutating func pass(over need: DispatchNeed) {
        self.need = need
        round = need.round
    }

    /// What is agreed with the customer: it holds for whoever goes.
    mutating func promise(_ window: TimeWindow, first: TimeWindow) {
        agreedWindow = window
        originalWindow = first
    }

    /// The assignment is taken back: what it had agreed on stays with the job.
    mutating func keepPromise(of assignment: Assignment) {
        guard let window = assignment.window else { return }
        promise(window, first: assignment.originalWindow ?? window)
    }

    /// Another time is to be agreed on. That the first one is not kept stays known.
    mutating func breakPromise() { agreedWindow = nil }

    /// The visit is over, or nobody is to go: nothing is promised.
    mutating func forgetPromise() { (agreedWindow, originalWindow) = (nil, nil) }

    /// Somebody else of the same round.
    ///
    /// - Parameter isUnable: he cannot do it, whenever he is asked.
    mutating func lose(_ engineerId: UUID, isUnable: Bool = false, now: Date) {
        guard apply(.offerLost) else { return }
        if isUnable, !(unable?.contains(engineerId) ?? false) { unable = (unable ?? []) + [engineerId] }
        if !tried.contains(engineerId) { tried.append(engineerId) }
        activeAssignmentId = nil
        openedAtMilliseconds = now.epochMilliseconds
    }

    /// Nobody may go for now; answers when it is tried again.
    mutating func stall(_ emptiedBy: String, rosterStamp: Int, now: Date) -> Date {
        let due = impasse.flatMap { $0.emptiedBy == emptiedBy && $0.retryAt > now ? $0.retryAt : nil }
        let retryAt = due ?? now.addingTimeInterval(Double(retrySeconds))
        impasse = Impasse(
            emptiedBy: emptiedBy, retryAt: retryAt, rosterStamp: rosterStamp, isEscalated: cycles != nil)
        return retryAt
    }

    /// Whether the supervisor is to hear at once that nobody may go: of what is most urgent, once a round.
    mutating func tellAtOnce() -> Bool {
        guard priority == .p1, isToldAtOnce == nil, cycles == nil else { return false }
        isToldAtOnce = true
        return true
    }

    /// Everybody who can do it may be asked again. Answers how often that has been so.
    mutating func retry() -> Int {
        tried = unable ?? []
        impasse?.rosterStamp = nil
        impasse?.isEscalated = true
        let times = (cycles ?? 0) + 1
        cycles = times
        return times
    }

    /// Time an engineer has to answer an offer, seconds.
    var leaseSeconds: Int {
        let byPriority =
            switch priority {
            case .p1: 15 * 60
            case .p2: 3600
            default: 2 * 3600
            }
        return responseLevel == .fourHour ? min(byPriority, 3600) : byPriority
    }
}
