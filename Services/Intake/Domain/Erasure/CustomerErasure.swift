import FoundationEssentials

/// A customer who is being forgotten, or was: at whose word, and how far that is. It is kept as the record of it.
struct CustomerErasure: Codable, Sendable, Equatable {
    /// What is forgotten, in this order; the log after everything that tells, and others hear of it last.
    enum Stage: String, Codable, Sendable, CaseIterable {
        case contacts, sites, devices, requests, orders, disputes, plans
        case pastServices = "past_services"
        /// What was said of his requests; who he is, where he acted; refused reports; what waits, is dead or was refused.
        case messages, acts
        case refusedReports = "refused_reports"
        case keptMessages = "kept_messages"
        case files, log, telling, done
    }

    let id: UUID
    let customerId: UUID
    /// He, and those who were merged into him.
    let customerIds: [UUID]
    let reason: String
    /// Nil: nobody said who he is.
    let askedBy: String?
    let askedAt: Date
    private(set) var stage = Stage.contacts
    /// Of the stage's things, the last that is done.
    private(set) var after: UUID?
    /// Of things that are numbered, how far the stage is; nil: not begun.
    private(set) var position: Int?
    /// What his messages are found by where they name no id: gone when they are.
    private(set) var words: ReachWords?
    /// Messages that were refused and are his.
    private(set) var refusedMessageIds: [String] = []
    /// Attachments that he named, by hash; in the end those that nobody else does.
    private(set) var files: [String]
    /// Of the event log, how far it is done, and how far it goes.
    private(set) var logPosition = 0
    private(set) var logEnd = 0

    init(
        id: UUID, customerIds: [UUID], customerId: UUID, reason: String, askedBy: String?, askedAt: Date,
        words: ReachWords, files: [String]
    ) {
        self.id = id
        self.customerId = customerId
        self.customerIds = customerIds
        self.reason = reason
        self.askedBy = askedBy
        self.askedAt = askedAt
        self.words = words
        self.files = files
    }

    /// Goes on behind a page of the stage's things, or with the next stage where there was none.
    mutating func pass(_ page: [UUID]) {
        after = page.last
        if page.isEmpty { next() }
    }

    /// - Parameter position: how far refused reports are done; nil: all are.
    mutating func passRefusedReports(to position: Int?, his messageIds: [String]) {
        refusedMessageIds += messageIds
        pass(to: position)
    }

    /// - Parameter position: how far it is; nil: to the end.
    mutating func passKeptMessages(to position: Int?) {
        if position == nil { words = nil }
        pass(to: position)
    }

    private mutating func pass(to position: Int?) {
        self.position = position
        if position == nil { next() }
    }

    /// - Parameter logEnd: the position of the last event that tells of anything personal.
    mutating func begin(logEnd: Int) { self.logEnd = logEnd }

    /// - Parameter named: files that somebody else names.
    mutating func passFiles(_ page: [UUID], named: [String]) {
        files.removeAll(where: named.contains)
        pass(files.isEmpty ? [] : page)
    }

    mutating func passLog(to position: Int?) {
        if let position { logPosition = position } else { next() }
    }

    mutating func finish() { next() }

    private mutating func next() {
        guard let index = Stage.allCases.firstIndex(of: stage), stage != .done else { return }
        stage = Stage.allCases[index + 1]
    }
}

/// Ways to reach somebody, as they are looked for in what nobody could read.
struct ReachWords: Codable, Sendable, Equatable {
    /// E-mail addresses and names of channels' users.
    private(set) var texts: [String] = []
    /// Phones without their country's prefix, digits alone.
    private(set) var digits: [String] = []

    /// Shorter ones stand in too much that has nothing to do with him.
    private static let shortest = 7

    /// - Parameter phones: in E.164.
    init(phones: [String], texts: [String]) {
        self.texts = Set(texts).filter { $0.count >= Self.shortest }.sorted()
        digits = Set(phones.map { String($0.drop { $0 == "+" }.trimmingPrefix("86")) })
            .filter { $0.count >= Self.shortest }.sorted()
    }

    var all: [String] { texts + digits }
}
