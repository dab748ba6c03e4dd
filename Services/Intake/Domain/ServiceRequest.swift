import DomainContracts
import FoundationEssentials

/// What somebody said, and what became of it. Its id is derived from the report's source and id.
struct ServiceRequest: Codable, Sendable, Equatable {
    let id: UUID
    let number: String
    /// As it was said, with phones in E.164, and what agents added since.
    var report: ReportRepair
    private(set) var status: ServiceRequestState
    var receivedAt: Date
    /// When planned work falls due: its promises count from here. Nil: from when it was received.
    var dueAt: Date?
    var customerId: UUID
    var contactId: UUID
    var siteContactId: UUID?
    var siteId: UUID?
    var deviceId: UUID?
    /// False: a stranger said where it is. What he says of a site that is known is this request's alone. Nil as true.
    private(set) var isPlaceVouchedFor: Bool?
    /// How the customer and the device were recognised.
    private(set) var customerMatch: PartyMatch?
    private(set) var deviceMatch: PartyMatch?
    /// By which questionnaire its answers were looked at; nil where nothing was asked.
    var questionnaireVersion: Int?
    /// JSON pointers into the report of what a work order still needs.
    var missing: [String]
    var workOrderId: UUID?
    var workOrderNumber: String?
    /// What was said since; nil as none.
    private(set) var messages: MessageCount?
    /// Since it was incomplete; nil where it never was, or was before this was kept.
    var incompleteWatch: IncompleteWatch?
    /// When one of us first did something about it himself.
    private(set) var firstHumanActAt: Date?
    /// What it is probably about the same fault as while it is incomplete, the surest first; nil as none.
    var duplicates: [RequestDuplicate]?
    /// Orders and requests of which a person said that they are about other faults; nil as none.
    var dismissedDuplicates: [UUID]?
    /// The order into which it was merged while it had none of its own.
    var merge: MergeFacts?
    /// What the customer was told, of one that was settled without a work order.
    var answer: String?

    init(id: UUID, number: String, report: ReportRepair, receivedAt: Date, parties: Parties) {
        self.id = id
        self.number = number
        self.report = report
        self.receivedAt = receivedAt
        status = .received
        customerId = parties.customerId
        contactId = parties.contactId
        siteContactId = parties.siteContactId
        siteId = parties.siteId
        deviceId = parties.deviceId
        isPlaceVouchedFor = parties.isPlaceVouchedFor ? nil : false
        customerMatch = parties.customerMatch
        deviceMatch = parties.deviceMatch
        missing = []
    }

    /// Moves the state machine; false, and unchanged, when the event changes nothing here.
    mutating func apply(_ event: ServiceRequestEvent) -> Bool {
        guard let next = ServiceRequestMachine.next(status, event) else { return false }
        status = next
        return true
    }

    /// Counts a message more.
    ///
    /// - Returns: how many there are now.
    mutating func count(_ kind: MessageKind) -> MessageCount {
        var count = messages ?? MessageCount()
        count.all += 1
        if kind == .reminder { count.reminders += 1 }
        messages = count
        return count
    }

    /// The first act of one of us counts, in whatever order they are heard of.
    mutating func note(agentAct at: Date) { firstHumanActAt = min(firstHumanActAt ?? at, at) }

    /// Whether the channel vouches that it was he who reported: as its user, or by the number of his call.
    func isReported(by user: String, on channel: String) -> Bool {
        guard channel == report.channel, channel != ReportChannel.mail, let reporter = report.customer else {
            return false
        }
        if let own = reporter.channelUserId { return own == user }
        return channel == ReportChannel.calls && reporter.phone == user
    }

    /// Whether a mail says that it is from the address of the report. Anybody can write that.
    func isMailed(from sender: String) -> Bool {
        guard report.channel == ReportChannel.mail, let reporter = report.customer else { return false }
        return (reporter.email ?? reporter.channelUserId)?.lowercased() == sender.lowercased()
    }

    mutating func take(_ parties: Parties) {
        customerId = parties.customerId
        contactId = parties.contactId
        siteContactId = parties.siteContactId
        siteId = parties.siteId
        deviceId = parties.deviceId
        isPlaceVouchedFor = parties.isPlaceVouchedFor ? nil : false
        customerMatch = parties.customerMatch
        deviceMatch = parties.deviceMatch
    }
}

/// Who and what a report is about, found or created.
struct Parties: Sendable, Equatable {
    var customerId: UUID
    var contactId: UUID
    var siteContactId: UUID?
    var siteId: UUID?
    var deviceId: UUID?
    /// Whether the customer or one of us says where it is.
    var isPlaceVouchedFor = true
    var customerMatch: PartyMatch?
    var deviceMatch: PartyMatch?
}

/// For what of a report the customer stands, or one of us: all else is that report's alone.
struct Vouched: Sendable, Equatable {
    /// Whether it is the customer himself who speaks.
    var isHimself: Bool
    /// Whom to meet on site.
    var contact: Bool
    /// Where it is, and how one gets in.
    var place: Bool
}

/// How much was said about a request since it was reported.
struct MessageCount: Codable, Sendable, Equatable {
    var all = 0
    var reminders = 0
}
