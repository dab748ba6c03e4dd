/// How often what happens, as shares of 1.
public struct FateShares: Sendable, Hashable {
    // Reports
    public var redelivered = 0.01
    public var badPhone = 0.005
    public var duplicate = 0.01
    public var cancelled = 0.02
    /// The customer asks what is keeping us.
    public var urged = 0.03
    public var consultation = 0.04
    public var underContract = 0.06
    public var inWarranty = 0.4
    /// Of the incomplete requests: nobody completes them.
    public var leftIncomplete = 0.2
    // Offers and visits
    public var declined = 0.05
    public var leaseIgnored = 0.02
    public var noShow = 0.01
    public var nobodyHome = 0.03
    public var unsafe = 0.005
    public var misuse = 0.02
    /// Of the engineers: one falls ill in the first days.
    public var sick = 0.05
    // Money
    public var quoteRefused = 0.05
    /// The customer thinks so long that the engineer leaves.
    public var quoteSlow = 0.05
    public var estimateRejected = 0.05
    public var neverPaid = 0.02
    // The customer's word
    public var disputed = 0.02
    public var surveyAnswered = 0.4
    public var surveyNotFixed = 0.02
    /// Nobody confirms or disputes: the deadline of three days passes.
    public var confirmationSilent = 0.004
    /// No agent calls: the follow-up's deadline passes.
    public var followUpForgotten = 0.01

    public init() {}

    /// Without what only waits for long deadlines, for short runs.
    public static var brisk: FateShares {
        var shares = FateShares()
        shares.confirmationSilent = 0
        shares.followUpForgotten = 0
        return shares
    }
}
