import DomainContracts

/// What both sides know at the end of a run: the outside world from what it did and heard, Mendloop from its totals.
public struct ReconciliationFacts: Sendable {
    /// Reports sent, each once, and how they were answered.
    public var published: Int
    public var accepted: Int
    public var rejected: Int
    /// Redelivered reports that were answered as if they were new.
    public var doubledAnswers: Int
    public var before: Totals
    public var after: Totals
    public var book: FinanceBook
    /// Cash that engineers took and handed over, minor units.
    public var collected: Int
    public var remitted: Int
    /// Dead and parked messages by service; services without any may be left out.
    public var dead: [String: Int]
    public var parked: [String: Int]
    /// Ready messages by queue.
    public var queues: [String: Int]

    public init(
        published: Int, accepted: Int, rejected: Int, doubledAnswers: Int, before: Totals, after: Totals,
        book: FinanceBook, collected: Int, remitted: Int, dead: [String: Int], parked: [String: Int],
        queues: [String: Int]
    ) {
        self.published = published
        self.accepted = accepted
        self.rejected = rejected
        self.doubledAnswers = doubledAnswers
        self.before = before
        self.after = after
        self.book = book
        self.collected = collected
        self.remitted = remitted
        self.dead = dead
        self.parked = parked
        self.queues = queues
    }
}
