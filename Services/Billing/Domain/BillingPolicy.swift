import DomainContracts
import FoundationEssentials

/// What a deployment may set about its money.
struct BillingPolicy: Sendable {
    /// ISO 4217 code of everything here; money in another one is refused.
    var currency = "CNY"
    /// An estimate whose cost to us is above this, in minor units, needs our own approver first.
    var approvalLimit = 300_000
    /// How long a quote, or an approver's answer, is waited for, seconds.
    var answerDeadline: TimeInterval = 72 * 3600
    /// When a waiting approval is escalated, seconds.
    var approvalEscalation: TimeInterval = 24 * 3600
    /// The company's wall clock, minutes east of UTC: it dates bills.
    var utcOffsetMinutes = 480
    var prices = PriceBook()

    static let book = "main"
    static let highestAmount = 1_000_000_000_000
}
